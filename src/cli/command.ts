import { Command, CommanderError, Option as CommanderOption } from 'commander';
import { version } from '../../package.json';
import { UsageError } from './usageError';
import { contradictionIn, contradictionText } from '../node/settings/contradictions';
import { flagOf, plainHelp, type Option, type OptionTable, type OptionValue } from '../node/settings/option';
import { EXIT } from './program';

/** What a command is given for its options: the default where it has one, else undefined if it was left out. */
export type CommandValues<T extends OptionTable> = {
  [K in keyof T]: T[K] extends { default: unknown } ? OptionValue<T[K]> : OptionValue<T[K]> | undefined;
};

/** A command: a subcommand of `logcnn`, and maybe a program of its own. */
export interface CliCommand<T extends OptionTable = OptionTable> {
  /** Its name as a subcommand. */
  name: string;
  /** One line on it for the list of all commands. */
  summary: string;
  /** What goes on after the program's name, one line a way to use it. */
  usages: readonly string[];
  description: string;
  options: T;
  /** The option that may be given without its flag, as the only argument; left out if there is none. */
  positional?: string;
  /** What the help says in the end; `{}` stands for the program's name. */
  more: string;
  /** Does the work and gives the exit code. The signal is aborted once the user has pressed Ctrl+C. */
  run: (values: CommandValues<T>, signal: AbortSignal) => Promise<number>;
}

/** A command whose values have the types of its options. */
export function defineCommand<const T extends OptionTable>(command: CliCommand<T>): CliCommand<T> {
  return command;
}

/** Columns of a help. */
const HELP_WIDTH = 120;

/** Runs a command that is a program of its own. */
export async function runCommand<T extends OptionTable>(
  program: string,
  command: CliCommand<T>,
  args: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const parser = withOptions(new Command(program), command, program, args).version(
    `${program} ${version}`,
    '--version',
    'Show the version',
  );
  return parse(parser, args, () => runParsed(parser, command, signal));
}

/** Runs one of several commands of a program, the one that the first argument names. */
export async function runSubcommand(
  program: string,
  description: string,
  commands: readonly CliCommand[],
  args: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  let run: (() => Promise<number>) | undefined;
  const parser = styled(new Command(program))
    .usage('<command> [options]')
    .description(description)
    .version(`${program} ${version}`, '--version', 'Show the version')
    .helpCommand('help [command]', 'Show the options of a command');
  for (const command of commands) {
    const part = styled(parser.command(command.name)).summary(command.summary);
    withOptions(part, command, `${program} ${command.name}`, args).action(() => {
      run = () => runParsed(part, command, signal);
    });
  }
  if (args.length === 0) {
    throw new UsageError(`A command is missing; give ${commands.map(({ name }) => name).join(', ')} (see --help).`);
  }
  return parse(parser, args, () => run!());
}

/** Gives a parser the options and the help of a command. */
function withOptions<T extends OptionTable>(
  parser: Command,
  command: CliCommand<T>,
  program: string,
  args: readonly string[],
): Command {
  const [first, ...others] = command.usages;
  const usage = [first, ...others.map((line) => `       ${program} ${line}`)].join('\n');
  styled(parser)
    .usage(usage)
    .description(command.description)
    .addHelpText('after', `\n${command.more.replaceAll('{}', program)}`);
  if (command.positional !== undefined) {
    const { value } = command.options[command.positional] as { value: string };
    parser.argument(`[${value.slice(1, -1)}]`, `The same as ${flagOf(command.positional)}`);
  }
  for (const [name, option] of Object.entries(command.options)) {
    parser.addOption(parserOption(name, option, args));
  }
  return parser;
}

function styled(parser: Command): Command {
  return parser
    .configureHelp({
      helpWidth: HELP_WIDTH,
      optionTerm: ({ short, flags }) => (short === undefined ? `    ${flags}` : flags),
      subcommandTerm: (subcommand) => subcommand.name(),
      styleTitle: (title) => title,
    })
    .helpOption('-h, --help', 'Show this')
    .showSuggestionAfterError(true)
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {}, getOutHasColors: () => false });
}

async function parse(parser: Command, args: readonly string[], run: () => Promise<number>): Promise<number> {
  try {
    parser.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    if (error.exitCode === 0) {
      return EXIT.ok;
    }
    throw new UsageError(sentenceOf(error.message));
  }
  return run();
}

/** A complaint of commander as one sentence in the style of the others. */
function sentenceOf(message: string): string {
  const [, text, hint = ''] = /^(?:error: )?([^]*?)\.?(?:\n\((Did you mean [^]*)\?\))?$/.exec(message)!;
  const complaint = (text[0].toUpperCase() + text.slice(1)).replace('. Expected', ': expected');
  return `${complaint}${hint === '' ? '' : ` (d${hint.slice(1)}?)`}; see --help.`;
}

async function runParsed<T extends OptionTable>(
  parser: Command,
  { options, positional, run }: CliCommand<T>,
  signal: AbortSignal,
): Promise<number> {
  const given: Record<string, unknown> = { ...parser.opts() };
  const [argument] = parser.args;
  if (positional !== undefined && argument !== undefined) {
    if (given[positional] !== undefined) {
      throw new UsageError(`"${argument}" and ${flagOf(positional)} are the same thing twice; give one of them.`);
    }
    given[positional] = argument;
  }
  const contradiction = contradictionIn(given, options);
  if (contradiction !== undefined) {
    throw new UsageError(`${contradictionText(contradiction, flagOf)}; give one of them.`);
  }
  const defaults = Object.entries<Option>(options).flatMap(([name, option]) =>
    'default' in option ? [[name, option.default]] : [],
  );
  return run({ ...Object.fromEntries(defaults), ...given } as CommandValues<T>, signal);
}

function parserOption(name: string, option: Option, args: readonly string[]): CommanderOption {
  const flag = flagOf(name);
  const flags = `${option.short === undefined ? '' : `-${option.short}, `}${flag}`;
  const usual = 'default' in option ? option.default : option.usual;
  const help = `${plainHelp(option)}${option.kind === 'list' ? '; may be given several times' : ''}${usual === undefined ? '' : ` (default: ${usual})`}`;
  if (option.kind === 'switch') {
    const parsed = new CommanderOption(flags, help);
    // An option of its own, not one that takes back another.
    parsed.negate = false;
    return parsed;
  }
  return new CommanderOption(`${flags} ${option.value}`, help).argParser((text: string, before: unknown) => {
    if (/^-./.test(text) && args.includes(text)) {
      throw new UsageError(`${flag} is followed by "${text}"; give its value, as ${flag}=${text} if that is it.`);
    }
    switch (option.kind) {
      case 'number':
        return numberArgument(flag, text, option);
      case 'list':
        return [...((before as string[] | undefined) ?? []), text];
      case 'text':
        if (option.choices?.includes(text) === false) {
          throw new UsageError(
            `${flag} is "${text}"; give ${option.choices.join(option.choices.length === 2 ? ' or ' : ', ')}.`,
          );
        }
        return text;
    }
  });
}

/** A number from an argument; of one that must be whole the part after the point is left out. */
function numberArgument(
  flag: string,
  text: string,
  { minimum, maximum, isWhole }: Extract<Option, { kind: 'number' }>,
): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= minimum && value <= maximum)) {
    throw new UsageError(`${flag} is "${text}"; give a number from ${minimum} to ${maximum}.`);
  }
  return isWhole ? Math.floor(value) : value;
}
