import { escapeControls } from '../../core/findings/escapeControls';

/** A text for a notification, which would make a link of `[text](command:…)` or `[text](https:…)`. */
export function notificationText(text: string): string {
  return escapeControls(text).replaceAll('](', '] (');
}

/** A text for a label of a quick pick, which would draw an icon for `$(name)`. */
export function labelText(text: string): string {
  return escapeControls(text).replaceAll('$(', '\\$(');
}
