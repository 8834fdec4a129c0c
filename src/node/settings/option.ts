/** What every option says of itself. From its name come its flag, its configuration key and its setting of the editor. */
interface AnyOption {
  /** One sentence without its full stop: what it is, or what it does; code between backticks. */
  help: string;
  /** Its one-letter flag. */
  short?: string;
  /** What holds where it is left out, in words. */
  usual?: string;
  /** Options that cannot be given beside it, each with the reason that goes on after "for", which may be empty. */
  excludes?: Readonly<Record<string, string>>;
  /** Names that it once had: they are refused with the name of today. */
  formerNames?: readonly string[];
  /** Present where it is a key of logcnn.config.json. */
  config?: ConfigKey;
  /** Present where it is a setting of the editor. */
  setting?: EditorSetting;
}

/** An option that is there or not. */
interface SwitchOption extends AnyOption {
  kind: 'switch';
}

/** An option with one text. */
interface TextOption extends AnyOption {
  kind: 'text';
  /** What stands for the text in a help, `<log>` for example. */
  value: string;
  /** The only texts that it takes. */
  choices?: readonly string[];
  default?: string;
}

/** An option with any number of texts. */
interface ListOption extends AnyOption {
  kind: 'list';
  /** What stands for one of the texts. */
  value: string;
}

/** An option with a number. */
export interface NumberOption extends AnyOption {
  kind: 'number';
  value: string;
  minimum: number;
  maximum: number;
  isWhole?: boolean;
  default?: number;
}

/** How an option stands in logcnn.config.json. */
interface ConfigKey {
  /** What its value must be: goes on after "it must be". */
  wanted: string;
  /** What it could do that its user does not want: why it is used in no workspace that is not trusted. */
  harm: string;
  /** Whether it counts in a file that was found by its place; `lowering`: only if the value is below the usual one. */
  ifFound: 'used' | 'lowering' | 'left out';
}

/** How an option stands in the settings of the editor. */
interface EditorSetting {
  default: string | number | null;
  /** Bounds that are narrower than those of the option. */
  minimum?: number;
  maximum?: number;
}

/** An option of a scan or of a program. */
export type Option = SwitchOption | TextOption | ListOption | NumberOption;

/** Options by their names. */
export type OptionTable = Readonly<Record<string, Option>>;

/** What an option takes. */
export type OptionValue<O extends Option> = O extends { kind: 'switch' }
  ? boolean
  : O extends { kind: 'number' }
    ? number
    : O extends { kind: 'list' }
      ? readonly string[]
      : O extends { choices: readonly (infer Choice)[] }
        ? Choice
        : string;

/** The flag of an option: `--max-findings` for maxFindings. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The sentence on an option where it is no Markdown, without its full stop. */
export function plainHelp({ help }: Pick<Option, 'help'>): string {
  return help.replace(/`([^`]*)`/g, (_, code: string) => (/[ <]/.test(code) ? `"${code}"` : code));
}

/** What an option's number must be, in words. */
export function rangeText({
  minimum,
  maximum,
  isWhole,
}: Pick<NumberOption, 'minimum' | 'maximum' | 'isWhole'>): string {
  const kind = isWhole ? 'a whole number' : 'a number';
  return maximum === Number.MAX_SAFE_INTEGER ? `${kind} from ${minimum}` : `${kind} from ${minimum} to ${maximum}`;
}
