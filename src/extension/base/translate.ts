/** Translates a message and fills in its `{0}`, `{1}` … , as `vscode.l10n.t` does. */
export type Translate = (message: string, ...values: (string | number)[]) => string;
