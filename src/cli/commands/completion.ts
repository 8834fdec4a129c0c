import { UsageError } from '../usageError';
import { defineCommand, type CliCommand } from '../command';
import { COMPLETIONS, type Shell } from '../completion';
import { EXIT } from '../program';

const SHELLS = Object.keys(COMPLETIONS) as Shell[];

const OPTIONS = {
  shell: { kind: 'text', value: '<shell>', choices: SHELLS, help: 'Shell that completes: bash, zsh or fish' },
} as const;

/** Writes what a shell reads to complete the other commands. */
export function completionOf(commands: readonly CliCommand[]): CliCommand<typeof OPTIONS> {
  const command: CliCommand<typeof OPTIONS> = defineCommand({
    name: 'completion',
    summary: 'Write what a shell reads to complete commands and flags',
    usages: ['<shell>'],
    description: 'Writes what a shell reads to complete the commands and flags of logcnn.',
    positional: 'shell',
    options: OPTIONS,
    more: `Examples:
  source <({} bash)
  {} zsh > ~/.zfunc/_logcnn
  {} fish > ~/.config/fish/completions/logcnn.fish`,
    async run({ shell }) {
      if (shell === undefined || !SHELLS.includes(shell)) {
        throw new UsageError(`Give a shell: ${SHELLS.join(', ')}.`);
      }
      process.stdout.write(COMPLETIONS[shell]([...commands, command]));
      return EXIT.ok;
    },
  });
  return command;
}
