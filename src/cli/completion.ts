import { flagOf, plainHelp, type Option, type OptionTable } from '../node/settings/option';

/** A command as a shell completes it. */
export interface CompletedCommand {
  name: string;
  summary: string;
  options: OptionTable;
  /** The option that may be given without its flag. */
  positional?: string;
}

/** Writes what a shell reads to complete the commands and flags of `logcnn`. */
export const COMPLETIONS = { bash, zsh, fish } satisfies Record<
  string,
  (commands: readonly CompletedCommand[]) => string
>;

/** Shells that are known. */
export type Shell = keyof typeof COMPLETIONS;

/** Words that follow a flag; `undefined` if those are files, an empty list if nothing can be said. */
function wordsAfter(option: Option): readonly string[] | undefined {
  if (option.kind === 'text' && option.choices !== undefined) {
    return option.choices;
  }
  return option.kind !== 'switch' && /log|file|folder|csv|npy|bundle|rows/.test(option.value) ? undefined : [];
}

/** Words that may stand without a flag; empty if those are files. */
function argumentsOf({ options, positional = '' }: CompletedCommand): readonly string[] {
  const option: Option | undefined = options[positional];
  return (option && wordsAfter(option)) ?? [];
}

function flagsOf(name: string, { short }: Option): string[] {
  return [...(short === undefined ? [] : [`-${short}`]), flagOf(name)];
}

function bash(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const cases = commands.map((command) => {
    const { name, options } = command;
    const entries = Object.entries(options);
    const flags = entries.flatMap(([option, about]) => flagsOf(option, about)).join(' ');
    const values = entries.flatMap(([option, about]) => {
      const words = about.kind === 'switch' ? undefined : wordsAfter(about);
      return words === undefined
        ? []
        : [
            `        ${flagsOf(option, about).join('|')}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word")); return ;;\n`,
          ];
    });
    return `    ${name})
      case "$before" in
${values.join('')}      esac
      flags='${flags} --help'
      words='${argumentsOf(command).join(' ')}' ;;
`;
  });
  return `# bash completion of logcnn: source it, or write it to /etc/bash_completion.d/logcnn
_logcnn() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" flags words
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${names} help --help --version' -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('')}    *) return ;;
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$word")) ;;
    *) if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$word")); else COMPREPLY=($(compgen -f -- "$word")); fi ;;
  esac
}
complete -o filenames -F _logcnn logcnn
`;
}

function zsh(commands: readonly CompletedCommand[]): string {
  const quoted = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&').replaceAll("'", "'\\''");
  const list = commands.map(({ name, summary }) => `    '${name}:${quoted(summary)}'\n`);
  const cases = commands.map((command) => {
    const { name, options } = command;
    const words = argumentsOf(command);
    const specs = Object.entries(options).flatMap(([option, about]) =>
      flagsOf(option, about).map((flag) => {
        const values = about.kind === 'switch' ? [] : wordsAfter(about);
        const action = values === undefined ? '_files' : `(${values.join(' ')})`;
        const value = about.kind === 'switch' ? '' : `:${quoted(about.value.slice(1, -1))}:${action}`;
        return ` \\\n        '*${flag}[${quoted(plainHelp(about))}]${value}'`;
      }),
    );
    return `    ${name}) _arguments${specs.join('')} '*:argument:${words.length === 0 ? '_files' : `(${words.join(' ')})`}' ;;\n`;
  });
  return `#compdef logcnn
# zsh completion of logcnn: write it to a file _logcnn in a folder of $fpath
_logcnn() {
  local -a commands
  commands=(
${list.join('')}  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('')}  esac
}
_logcnn "$@"
`;
}

function fish(commands: readonly CompletedCommand[]): string {
  const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines = commands.flatMap((command) => {
    const { name, summary, options } = command;
    const words = argumentsOf(command);
    return [
      `complete -c logcnn -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...(words.length === 0
        ? []
        : [`complete -c logcnn -n '__fish_seen_subcommand_from ${name}' -x -a ${quoted(words.join(' '))}`]),
      ...Object.entries(options).map(([option, about]) => {
        const short = about.short === undefined ? '' : ` -s ${about.short}`;
        const words = about.kind === 'switch' ? [] : wordsAfter(about);
        const value =
          about.kind === 'switch' ? '' : words === undefined ? ' -r -F' : ` -x -a ${quoted(words.join(' '))}`;
        const flag = flagOf(option).slice(2);
        return `complete -c logcnn -n '__fish_seen_subcommand_from ${name}'${short} -l ${flag}${value} -d ${quoted(plainHelp(about))}`;
      }),
    ];
  });
  return `# fish completion of logcnn: write it to ~/.config/fish/completions/logcnn.fish\n${lines.join('\n')}\n`;
}
