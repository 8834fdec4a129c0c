/**
 * The module `vscode` for unit tests: as much of it as the extension uses, without an editor. What a user would see is
 * kept in {@link fake}, by which a test also does what a user would do. Behaviour that matters follows VS Code: `parse`
 * and `toString` of a Uri are inverse, a disposed part shows nothing, an event reaches listeners in their order.
 */

// ── Values ──

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
    readonly query: string,
    readonly fragment: string,
  ) {}

  static from(parts: { scheme: string; authority?: string; path?: string; query?: string; fragment?: string }): Uri {
    return new Uri(parts.scheme, parts.authority ?? '', parts.path ?? '', parts.query ?? '', parts.fragment ?? '');
  }

  static file(path: string): Uri {
    return Uri.from({ scheme: 'file', path });
  }

  static parse(text: string): Uri {
    const [, scheme, authority, path, query, fragment] =
      /^([^:]+):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(text)!;
    const decode = (part = ''): string => decodeURIComponent(part);
    return new Uri(scheme, decode(authority), decode(path), decode(query), decode(fragment));
  }

  static joinPath(base: Uri, ...segments: string[]): Uri {
    const parts: string[] = [];
    for (const segment of [base.path, ...segments].join('/').split('/')) {
      if (segment === '..') parts.pop();
      else if (segment !== '' && segment !== '.') parts.push(segment);
    }
    return base.with({ path: `/${parts.join('/')}` });
  }

  get fsPath(): string {
    return this.path;
  }

  with(change: { scheme?: string; authority?: string; path?: string; query?: string; fragment?: string }): Uri {
    return Uri.from({
      scheme: change.scheme ?? this.scheme,
      authority: change.authority ?? this.authority,
      path: change.path ?? this.path,
      query: change.query ?? this.query,
      fragment: change.fragment ?? this.fragment,
    });
  }

  toString(): string {
    const encode = (text: string): string => encodeURIComponent(text).replaceAll('%2F', '/');
    const query = this.query === '' ? '' : `?${encode(this.query)}`;
    const fragment = this.fragment === '' ? '' : `#${encode(this.fragment)}`;
    return `${this.scheme}://${encode(this.authority)}${encode(this.path)}${query}${fragment}`;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = new Position(startLine, startCharacter);
    this.end = new Position(endLine, endCharacter);
  }
}

export class Selection {
  constructor(
    readonly anchor: Position,
    readonly active: Position,
  ) {}
}

export class DocumentSymbol {
  constructor(
    readonly name: string,
    readonly detail: string,
    readonly kind: number,
    readonly range: Range,
    readonly selectionRange: Range,
  ) {}
}

export class FoldingRange {
  constructor(
    readonly start: number,
    readonly end: number,
  ) {}
}

export class CodeAction {
  command?: unknown;

  constructor(
    readonly title: string,
    readonly kind: string,
  ) {}
}

export class Location {
  constructor(
    readonly uri: Uri,
    readonly range: Range,
  ) {}
}

export class Diagnostic {
  source?: string;
  code?: unknown;
  relatedInformation?: DiagnosticRelatedInformation[];

  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

export class DiagnosticRelatedInformation {
  constructor(
    readonly location: Location,
    readonly message: string,
  ) {}
}

export class MarkdownString {
  isTrusted?: unknown;

  constructor(
    public value = '',
    readonly supportThemeIcons = false,
  ) {}

  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

export class Hover {
  constructor(
    readonly contents: MarkdownString[],
    readonly range: Range,
  ) {}
}

export class TreeItem {
  constructor(
    readonly label: string,
    readonly collapsibleState: number = TreeItemCollapsibleState.None,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  static readonly File = new ThemeIcon('file');

  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class DocumentLink {
  target?: Uri;

  constructor(readonly range: Range) {}
}

export class RelativePattern {
  readonly baseUri: Uri;

  constructor(
    base: Uri,
    readonly pattern: string,
  ) {
    this.baseUri = base;
  }
}

export class TabInputText {
  constructor(readonly uri: Uri) {}
}

export class TabInputCustom {
  constructor(
    readonly uri: Uri,
    readonly viewType: string,
  ) {}
}

export class FileSystemError extends Error {
  static FileNotFound(uri?: Uri): FileSystemError {
    return new FileSystemError(`FileNotFound: ${String(uri)}`);
  }

  static FileNotADirectory(): FileSystemError {
    return new FileSystemError('FileNotADirectory');
  }

  static NoPermissions(uri?: Uri): FileSystemError {
    return new FileSystemError(`NoPermissions: ${String(uri)}`);
  }
}

export class Disposable {
  constructor(private readonly onDispose: () => void) {}

  static from(...parts: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => parts.forEach((part) => part.dispose()));
  }

  dispose(): void {
    this.onDispose();
  }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void): Disposable => {
    const own = (value: T): void => listener(value);
    this.listeners.add(own);
    return new Disposable(() => this.listeners.delete(own));
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }

  /** How many listen, for tests of what is given back. */
  get size(): number {
    return this.listeners.size;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const OverviewRulerLane = { Left: 1, Center: 2, Right: 4, Full: 7 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
export const FileChangeType = { Changed: 1, Created: 2, Deleted: 3 };
export const FilePermission = { Readonly: 1 };
export const TextEditorRevealType = { InCenter: 1, InCenterIfOutsideViewport: 2 };
export const TextEditorLineNumbersStyle = { Off: 0, On: 1, Relative: 2 };
export const DecorationRangeBehavior = { ClosedClosed: 1 };
export const SymbolKind = { Event: 23 };
export const CodeActionKind = { QuickFix: 'quickfix' };
export const UIKind = { Desktop: 1, Web: 2 };
export const ExtensionMode = { Production: 1, Development: 2, Test: 3 };

// ── What a test sees and does ──

/** A message to the user. */
export interface ShownMessage {
  kind: 'information' | 'warning' | 'error';
  text: string;
  actions: string[];
}

/** A list that the user chooses from, whether it was asked for by one call or built by hand. */
export interface ShownPick {
  title: string;
  placeholder: string;
  items: FakePickItem[];
  picksMany: boolean;
  /** Items that are ticked before the user does anything. */
  picked: FakePickItem[];
}

export interface FakePickItem {
  label: string;
  description?: string;
  picked?: boolean;
}

/** A file or folder of the fake file system. */
export interface FakeFile {
  size: number;
  mtime: number;
  isFolder: boolean;
}

export interface FakeDocument {
  uri: Uri;
  isDirty: boolean;
  lineAt(place: number | Position): { range: Range };
  save(): Promise<boolean>;
}

export interface FakeEditor {
  document: FakeDocument;
  selection: Selection;
  visibleRanges: Range[];
  options: Record<string, unknown>;
  /** The lines that are marked, by the icon in the gutter or the colour in the overview ruler. */
  marks: Map<string, number[]>;
  revealed: Range | undefined;
  /** The texts behind the lines that are marked, by the colour of the texts. */
  behind: Map<string, string[]>;
  setDecorations(type: FakeDecoration, ranges: (Range | FakeDecorationOptions)[]): void;
  revealRange(range: Range): void;
}

interface FakeDecorationOptions {
  range: Range;
  renderOptions: { after: { contentText: string } };
}

interface FakeDecoration {
  name: string;
  dispose(): void;
}

interface TreeProvider {
  getChildren(node?: unknown): Promise<unknown[]>;
  getTreeItem(node: unknown): TreeItem;
  onDidChangeTreeData(listener: (node: unknown) => void): Disposable;
}

/** A row of a tree as a person reads it. */
export interface FakeRow {
  node: unknown;
  item: TreeItem & Record<string, unknown>;
  label: string;
  description: string;
}

class FakeTreeView {
  visible = true;
  badge: { value: number; tooltip: string } | undefined;
  description = '';
  selection: unknown[] = [];
  readonly revealed: { node: unknown; options: unknown }[] = [];
  readonly selections = new EventEmitter<{ selection: unknown[] }>();
  readonly onDidChangeSelection = this.selections.event;
  readonly visibilities = new EventEmitter<{ visible: boolean }>();
  readonly onDidChangeVisibility = this.visibilities.event;
  /** What was drawn again since the test looked: `undefined` is the whole tree. */
  readonly refreshed: unknown[] = [];

  constructor(readonly provider: TreeProvider) {
    provider.onDidChangeTreeData((node) => this.refreshed.push(node));
  }

  /** Reads the rows below one, or the top ones. */
  async rows(parent?: FakeRow): Promise<FakeRow[]> {
    const nodes = await this.provider.getChildren(parent?.node);
    return nodes.map((node) => {
      const item = this.provider.getTreeItem(node) as FakeRow['item'];
      return { node, item, label: item.label, description: (item.description as string | undefined) ?? '' };
    });
  }

  /** Clicks a row. */
  select(node: unknown): void {
    this.selection = [node];
    this.selections.fire({ selection: [node] });
  }

  async reveal(node: unknown, options: unknown): Promise<void> {
    this.revealed.push({ node, options });
  }

  dispose(): void {
    this.selections.dispose();
  }
}

class FakeStatusItem {
  name = '';
  text = '';
  tooltip = '';
  command = '';
  isShown = false;

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    this.isShown = false;
  }

  dispose(): void {
    this.isShown = false;
  }
}

class FakeQuickPick<T extends FakePickItem> {
  title = '';
  placeholder = '';
  canSelectMany = false;
  matchOnDescription = false;
  items: T[] = [];
  selectedItems: readonly T[] = [];
  private readonly selections = new EventEmitter<readonly T[]>();
  private readonly accepts = new EventEmitter<void>();
  private readonly values = new EventEmitter<string>();
  readonly onDidChangeValue = this.values.event;
  private readonly hides = new EventEmitter<void>();
  readonly onDidChangeSelection = this.selections.event;
  readonly visibilities = new EventEmitter<{ visible: boolean }>();
  readonly onDidChangeVisibility = this.visibilities.event;
  readonly onDidAccept = this.accepts.event;
  readonly onDidHide = this.hides.event;
  private isShown = false;

  show(): void {
    this.isShown = true;
    void Promise.resolve().then(async () => {
      if (fake.typed !== '') {
        this.values.fire(fake.typed);
        fake.typed = '';
      }
      const answer = await fake.nextPick({
        title: this.title,
        placeholder: this.placeholder,
        items: this.items,
        picksMany: this.canSelectMany,
        picked: [...this.selectedItems],
      });
      if (answer === undefined) return this.hide();
      this.selectedItems = answer as T[];
      this.selections.fire(this.selectedItems);
      if (this.isShown) this.accepts.fire();
    });
  }

  hide(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.hides.fire();
  }

  dispose(): void {
    this.hide();
  }
}

class FakeDiagnosticCollection {
  readonly byDocument = new Map<string, Diagnostic[]>();

  set(entries: [Uri, Diagnostic[]][]): void {
    for (const [uri, diagnostics] of entries) this.byDocument.set(uri.toString(), diagnostics);
  }

  delete(uri: Uri): void {
    this.byDocument.delete(uri.toString());
  }

  dispose(): void {
    this.byDocument.clear();
  }
}

/** The editor as a test sees and handles it. {@link reset} gives a new one to each test. */
class FakeEditorWindow {
  // What is shown.
  readonly messages: ShownMessage[] = [];
  readonly picks: ShownPick[] = [];
  readonly dialogs: { title?: string; canSelectMany?: boolean }[] = [];
  readonly inputs: { value?: string; validateInput?: (text: string) => string | undefined }[] = [];
  readonly statusItems: FakeStatusItem[] = [];
  readonly trees = new Map<string, FakeTreeView>();
  readonly diagnostics = new Map<string, FakeDiagnosticCollection>();
  readonly contextKeys = new Map<string, unknown>();
  readonly output: string[] = [];
  /** Commands of the editor itself that were run, with what they were given. */
  readonly executed: { command: string; args: unknown[] }[] = [];
  readonly progress: { message?: string; increment?: number }[] = [];
  clipboard = '';

  // What the user answers, the next first; nothing is to give up.
  readonly messageAnswers: (string | undefined)[] = [];
  readonly pickAnswers: ((shown: ShownPick) => FakePickItem[] | undefined)[] = [];
  readonly dialogAnswers: (Uri[] | undefined)[] = [];
  readonly saveAnswers: (Uri | undefined)[] = [];
  readonly inputAnswers: (string | undefined)[] = [];
  /** What is typed into the next list that is built by hand, before something is chosen. */
  typed = '';
  /** What the status bar told for a while. */
  readonly statusMessages: string[] = [];

  // What there is.
  readonly files = new Map<string, FakeFile>();
  readonly watched = new Map<object, { folder: string; name: string; fire: (type: number, uri: Uri) => void }>();
  readonly settings = new Map<string, unknown>();
  /** Files that were written, and whether none can be. */
  readonly written = new Map<string, string>();
  readOnly = false;
  readonly documents: FakeDocument[] = [];
  readonly commands = new Map<string, (...args: unknown[]) => unknown>();
  readonly providers = new Map<string, unknown>();
  editors: FakeEditor[] = [];
  activeEditor: FakeEditor | undefined;
  activeTab: { input: unknown } | undefined;
  folders: { uri: Uri; name: string }[] = [];
  isTrusted = true;
  remoteName: string | undefined;
  readonly cancel = new EventEmitter<void>();

  // What happens.
  readonly documentChanged = new EventEmitter<{ document: FakeDocument }>();
  readonly documentSaved = new EventEmitter<FakeDocument>();
  readonly documentClosed = new EventEmitter<FakeDocument>();
  readonly filesRenamed = new EventEmitter<{ files: { oldUri: Uri; newUri: Uri }[] }>();
  readonly configurationChanged = new EventEmitter<{ affectsConfiguration(section: string): boolean }>();
  readonly trustGranted = new EventEmitter<void>();
  readonly editorsChanged = new EventEmitter<FakeEditor[]>();
  readonly scrolled = new EventEmitter<{ textEditor: FakeEditor }>();
  readonly tabsChanged = new EventEmitter<void>();
  readonly tabGroupsChanged = new EventEmitter<void>();

  /** Forgets everything; parts that were made before show nothing any more. */
  reset(): void {
    Object.assign(this, new FakeEditorWindow());
  }

  /** Runs a command of the extension as a menu or the palette does. */
  async run(command: string, ...args: unknown[]): Promise<void> {
    const handler = this.commands.get(command);
    if (handler === undefined) throw new Error(`There is no command ${command}.`);
    await handler(...args);
  }

  /** Waits until all work that waits for nothing from outside is done. */
  async settled(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  tree(): FakeTreeView {
    return this.trees.get('logcnn.results')!;
  }

  /** Writes a file and tells those who watch it. */
  write(path: string, state: Partial<FakeFile> = {}): Uri {
    const uri = Uri.file(path);
    const isNew = !this.files.has(path);
    this.files.set(path, { size: 1, mtime: 1, isFolder: false, ...state });
    this.tellWatchers(uri, isNew ? FileChangeType.Created : FileChangeType.Changed);
    return uri;
  }

  /** Deletes a file and tells those who watch it. */
  remove(path: string): void {
    this.files.delete(path);
    this.tellWatchers(Uri.file(path), FileChangeType.Deleted);
  }

  /** The paths that somebody watches, ascending. */
  watchedPaths(): string[] {
    return [...new Set([...this.watched.values()].map(({ folder, name }) => `${folder}/${name}`))].sort();
  }

  /** Sets a setting of this extension as the user does. */
  set(key: string, value: unknown): void {
    this.settings.set(key, value);
    this.configurationChanged.fire({ affectsConfiguration: (section) => `logcnn.${key}`.startsWith(section) });
  }

  /** Opens a document in an editor, which becomes the active one. */
  open(uri: Uri, lines: { firstLine?: number; lastLine?: number } = {}): FakeEditor {
    return this.show(this.documentOf(uri), lines);
  }

  /** A document that no editor shows. */
  documentOf(uri: Uri): FakeDocument {
    const document: FakeDocument = {
      uri,
      isDirty: false,
      lineAt: (place) => {
        const line = typeof place === 'number' ? place : place.line;
        return { range: new Range(line, 0, line, 80) };
      },
      save: async () => {
        document.isDirty = false;
        this.documentSaved.fire(document);
        return true;
      },
    };
    return document;
  }

  /** Shows a document in an editor, which becomes the active one. */
  show(document: FakeDocument, { firstLine = 0, lastLine = 40 } = {}): FakeEditor {
    const editor: FakeEditor = {
      document,
      selection: new Selection(new Position(0, 0), new Position(0, 0)),
      visibleRanges: [new Range(firstLine, 0, lastLine, 0)],
      options: {},
      marks: new Map(),
      behind: new Map(),
      revealed: undefined,
      setDecorations(type, ranges) {
        editor.marks.set(
          type.name,
          ranges.map((each) => ('range' in each ? each.range : each).start.line + 1),
        );
        editor.behind.set(
          type.name,
          ranges.map((each) => ('range' in each ? each.renderOptions.after.contentText : '')),
        );
      },
      revealRange(range) {
        editor.revealed = range;
      },
    };
    this.documents.push(document);
    this.editors = [...this.editors, editor];
    this.activeEditor = editor;
    this.activeTab = { input: new TabInputText(document.uri) };
    this.editorsChanged.fire(this.editors);
    this.tabsChanged.fire();
    return editor;
  }

  /** Types into a document without saving it. */
  edit(editor: FakeEditor): void {
    editor.document.isDirty = true;
    this.documentChanged.fire({ document: editor.document });
  }

  /** Puts the cursor on a line, which is counted from 1. */
  putCursor(editor: FakeEditor, line: number): void {
    editor.selection = new Selection(new Position(line - 1, 0), new Position(line - 1, 0));
  }

  scroll(editor: FakeEditor, firstLine: number, lastLine: number): void {
    editor.visibleRanges = [new Range(firstLine - 1, 0, lastLine - 1, 0)];
    this.scrolled.fire({ textEditor: editor });
  }

  async nextPick(shown: ShownPick): Promise<FakePickItem[] | undefined> {
    this.picks.push(shown);
    return this.pickAnswers.shift()?.(shown);
  }

  async message(kind: ShownMessage['kind'], text: string, actions: string[]): Promise<string | undefined> {
    this.messages.push({ kind, text, actions });
    return this.messageAnswers.shift();
  }

  private tellWatchers(uri: Uri, type: number): void {
    for (const { folder, name, fire } of [...this.watched.values()]) {
      const [own, base] = [uri.path.slice(0, uri.path.lastIndexOf('/')), uri.path.slice(uri.path.lastIndexOf('/') + 1)];
      const pattern = new RegExp(
        `^${[...name].map((c) => (c === '?' ? '.' : `\\u{${c.codePointAt(0)!.toString(16)}}`)).join('')}$`,
        'u',
      );
      if (own === folder && pattern.test(base)) fire(type, uri);
    }
  }
}

export const fake = new FakeEditorWindow();

// ── The namespaces of the module ──

/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- Whoever uses them sees the types of @types/vscode. */

const nextMessage =
  (kind: ShownMessage['kind']) =>
  (text: string, ...actions: string[]): Promise<string | undefined> =>
    fake.message(kind, text, actions);

export const window = {
  get activeTextEditor() {
    return fake.activeEditor;
  },
  get visibleTextEditors() {
    return fake.editors;
  },
  tabGroups: {
    get activeTabGroup() {
      return { activeTab: fake.activeTab };
    },
    onDidChangeTabs: (listener: () => void) => fake.tabsChanged.event(listener),
    onDidChangeTabGroups: (listener: () => void) => fake.tabGroupsChanged.event(listener),
  },
  onDidChangeActiveTextEditor: (listener: () => void) => fake.tabsChanged.event(listener),
  registerWebviewViewProvider: (id: string, provider: unknown) => provide(id, provider),
  onDidChangeVisibleTextEditors: (listener: (editors: FakeEditor[]) => void) => fake.editorsChanged.event(listener),
  onDidChangeTextEditorVisibleRanges: (listener: (change: { textEditor: FakeEditor }) => void) =>
    fake.scrolled.event(listener),
  showInformationMessage: nextMessage('information'),
  showWarningMessage: nextMessage('warning'),
  showErrorMessage: nextMessage('error'),
  setStatusBarMessage: (text: string): Disposable => {
    fake.statusMessages.push(text);
    return new Disposable(() => undefined);
  },
  async showQuickPick(
    items: FakePickItem[],
    options: { title?: string; placeHolder?: string; canPickMany?: boolean } = {},
  ): Promise<unknown> {
    const { title = '', placeHolder: placeholder = '', canPickMany: picksMany = false } = options;
    const answer = await fake.nextPick({ title, placeholder, items, picksMany, picked: items.filter((i) => i.picked) });
    return picksMany ? answer : answer?.[0];
  },
  createQuickPick: <T extends FakePickItem>() => new FakeQuickPick<T>(),
  async showOpenDialog(options: { title?: string; canSelectMany?: boolean }): Promise<Uri[] | undefined> {
    fake.dialogs.push(options);
    return fake.dialogAnswers.shift();
  },
  async showSaveDialog(options: { title?: string }): Promise<Uri | undefined> {
    fake.dialogs.push(options);
    return fake.saveAnswers.shift();
  },
  async showInputBox(options: (typeof fake.inputs)[number]): Promise<string | undefined> {
    fake.inputs.push(options);
    return fake.inputAnswers.shift();
  },
  async showTextDocument(shown: Uri | FakeDocument): Promise<FakeEditor> {
    return shown instanceof Uri ? fake.open(shown) : fake.show(shown);
  },
  async withProgress<T>(_options: unknown, task: (progress: unknown, token: unknown) => Promise<T>): Promise<T> {
    const report = (step: { message?: string; increment?: number }): void => void fake.progress.push(step);
    return task({ report }, { onCancellationRequested: (listener: () => void) => fake.cancel.event(listener) });
  },
  createTreeView(id: string, { treeDataProvider }: { treeDataProvider: TreeProvider }): FakeTreeView {
    const view = new FakeTreeView(treeDataProvider);
    fake.trees.set(id, view);
    return view;
  },
  createStatusBarItem(): FakeStatusItem {
    const item = new FakeStatusItem();
    fake.statusItems.push(item);
    return item;
  },
  createOutputChannel() {
    const write = (level: string) => (text: string) => void fake.output.push(`${level}: ${text}`);
    return {
      info: write('info'),
      error: write('error'),
      show: () => fake.output.push('shown'),
      dispose: () => undefined,
    };
  },
  createTextEditorDecorationType(options: {
    light?: { gutterIconPath: Uri };
    overviewRulerColor?: ThemeColor;
    color?: ThemeColor;
    after?: { color: ThemeColor };
  }): FakeDecoration {
    const icon = options.light?.gutterIconPath.path.split('/').at(-1)?.replace('-light.svg', '');
    return {
      name: icon ?? (options.overviewRulerColor ?? options.color ?? options.after!.color).id,
      dispose: () => undefined,
    };
  },
};

export const workspace = {
  get isTrusted() {
    return fake.isTrusted;
  },
  get textDocuments() {
    return fake.documents;
  },
  onDidChangeTextDocument: (listener: (change: { document: FakeDocument }) => void) =>
    fake.documentChanged.event(listener),
  onDidSaveTextDocument: (listener: (document: FakeDocument) => void) => fake.documentSaved.event(listener),
  onDidCloseTextDocument: (listener: (document: FakeDocument) => void) => fake.documentClosed.event(listener),
  onDidRenameFiles: (listener: (change: { files: { oldUri: Uri; newUri: Uri }[] }) => void) =>
    fake.filesRenamed.event(listener),
  onDidChangeConfiguration: (listener: (change: { affectsConfiguration(section: string): boolean }) => void) =>
    fake.configurationChanged.event(listener),
  onDidGrantWorkspaceTrust: (listener: () => void) => fake.trustGranted.event(listener),
  getConfiguration: (section: string) => ({
    inspect: (key: string) => ({ globalValue: fake.settings.get(section === 'logcnn' ? key : `${section}.${key}`) }),
  }),
  async openTextDocument(uri: Uri): Promise<FakeDocument> {
    const provider = fake.providers.get(uri.scheme) as { provideTextDocumentContent(uri: Uri): Promise<string> };
    await provider.provideTextDocumentContent(uri);
    return fake.documentOf(uri);
  },
  getWorkspaceFolder: (uri: Uri) => fake.folders.find((folder) => uri.path.startsWith(`${folder.uri.path}/`)),
  asRelativePath(uri: Uri): string {
    const folder = fake.folders.find((each) => `${uri.path}/`.startsWith(`${each.uri.path}/`));
    if (folder === undefined) return uri.path;
    const path = uri.path.slice(folder.uri.path.length + 1);
    return fake.folders.length > 1 ? [folder.name, path].filter((part) => part !== '').join('/') : path;
  },
  fs: {
    async stat(uri: Uri) {
      const file = fake.files.get(uri.path);
      if (file === undefined) throw FileSystemError.FileNotFound(uri);
      return { size: file.size, mtime: file.mtime, type: file.isFolder ? FileType.Directory : FileType.File };
    },
    async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
      if (fake.readOnly) throw FileSystemError.NoPermissions(uri);
      fake.written.set(uri.path, Buffer.from(content).toString());
    },
    async readDirectory(uri: Uri): Promise<[string, number][]> {
      const names = [...fake.files].filter(([path]) => path.slice(0, path.lastIndexOf('/')) === uri.path);
      if (names.length === 0) throw FileSystemError.FileNotFound(uri);
      return names.map(([path, { isFolder }]) => [
        path.slice(path.lastIndexOf('/') + 1),
        isFolder ? FileType.Directory : FileType.File,
      ]);
    },
  },
  /** Gives what lies in the folder, whatever the pattern: the extension looks at the names once more. */
  async findFiles(pattern: RelativePattern): Promise<Uri[]> {
    return [...fake.files]
      .filter(([path, { isFolder }]) => !isFolder && path.startsWith(`${pattern.baseUri.path}/`))
      .map(([path]) => Uri.file(path));
  },
  createFileSystemWatcher({ baseUri, pattern }: RelativePattern) {
    const emitters = new Map([1, 2, 3].map((type) => [type, new EventEmitter<Uri>()]));
    const watcher = {
      onDidChange: emitters.get(FileChangeType.Changed)!.event,
      onDidCreate: emitters.get(FileChangeType.Created)!.event,
      onDidDelete: emitters.get(FileChangeType.Deleted)!.event,
      dispose: () => void fake.watched.delete(watcher),
    };
    fake.watched.set(watcher, {
      folder: baseUri.path,
      name: pattern,
      fire: (type, uri) => emitters.get(type)!.fire(uri),
    });
    return watcher;
  },
  registerTextDocumentContentProvider: (scheme: string, provider: unknown) => provide(scheme, provider),
  registerFileSystemProvider: (scheme: string, provider: unknown) => provide(scheme, provider),
};

export const commands = {
  registerCommand(name: string, handler: (...args: unknown[]) => unknown): Disposable {
    if (fake.commands.has(name)) throw new Error(`command '${name}' already exists`);
    fake.commands.set(name, handler);
    return new Disposable(() => fake.commands.delete(name));
  },
  async executeCommand(command: string, ...args: unknown[]): Promise<unknown> {
    if (command === 'setContext') {
      fake.contextKeys.set(args[0] as string, args[1]);
      return undefined;
    }
    fake.executed.push({ command, args });
    return fake.commands.get(command)?.(...args);
  },
};

export const languages = {
  createDiagnosticCollection(name: string): FakeDiagnosticCollection {
    const collection = new FakeDiagnosticCollection();
    fake.diagnostics.set(name, collection);
    return collection;
  },
  registerDocumentSymbolProvider: (selector: unknown, provider: unknown) => provide('symbols', { selector, provider }),
  registerReferenceProvider: (_selector: unknown, provider: unknown) => provide('references', provider),
  registerFoldingRangeProvider: (_selector: unknown, provider: unknown) => provide('folding', provider),
  registerCodeActionsProvider: (_selector: unknown, provider: unknown) => provide('actions', provider),
  registerHoverProvider: (_selector: unknown, provider: unknown) => provide('hover', provider),
  registerDocumentLinkProvider: (_selector: unknown, provider: unknown) => provide('links', provider),
};

export const env = {
  language: 'en',
  get remoteName() {
    return fake.remoteName;
  },
  uiKind: 1,
  async openExternal(uri: Uri): Promise<boolean> {
    fake.executed.push({ command: 'openExternal', args: [uri] });
    return true;
  },
  clipboard: {
    async writeText(text: string): Promise<void> {
      fake.clipboard = text;
    },
  },
};

export const l10n = {
  t: (message: string, ...values: (string | number)[]): string =>
    message.replace(/\{(\d+)\}/g, (_, place: string) => String(values[Number(place)])),
};

function provide(name: string, provider: unknown): Disposable {
  fake.providers.set(name, provider);
  return new Disposable(() => fake.providers.delete(name));
}
