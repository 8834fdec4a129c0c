import { flagOf } from '../node/settings/option';
import { runCommand, defineCommand } from './command';
import { MAP } from './commands/map';
import { REDUCE } from './commands/reduce';
import { SCAN } from './commands/scan';
import { runProgram } from './program';

/** The options of a scan that another command does not have. */
function foreignTo(command: { options: object }): Record<string, string> {
  return Object.fromEntries(
    Object.keys(SCAN.options)
      .filter((name) => !(name in command.options))
      .map((name) => [name, '']),
  );
}

const DETECT = defineCommand({
  ...SCAN,
  options: {
    ...SCAN.options,
    map: {
      kind: 'switch',
      help: "Write the log's events as rows for a cluster (docs/guide/cluster.md); with --input (default: -), --model and --session-key only",
      excludes: { reduce: 'they are run one after the other, with sort between', ...foreignTo(MAP) },
    },
    reduce: {
      kind: 'switch',
      help: 'Judge such rows, sorted, from --input (default: -)',
      excludes: foreignTo(REDUCE),
    },
  },
  more: `${SCAN.more}
  {} ${flagOf('map')} < hdfs.log | LC_ALL=C sort | {} ${flagOf('reduce')}`,
  async run({ map, reduce, ...values }, signal) {
    const ofPieces = { ...values, input: values.input ?? MAP.options.input.default };
    return map ? MAP.run(ofPieces, signal) : reduce ? REDUCE.run(ofPieces, signal) : SCAN.run(values, signal);
  },
});

runProgram({ name: 'detect-anomalies', run: (args, signal) => runCommand('detect-anomalies', DETECT, args, signal) });
