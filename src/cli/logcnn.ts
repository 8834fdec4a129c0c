import { runSubcommand, type CliCommand } from './command';
import { completionOf } from './commands/completion';
import { EVALUATE } from './commands/evaluate';
import { FOLLOW } from './commands/follow';
import { MAP } from './commands/map';
import { PREDICT } from './commands/predict';
import { REDUCE } from './commands/reduce';
import { SCAN } from './commands/scan';
import { TRAIN } from './commands/train';
import { runProgram } from './program';

// Each is given values of its own options only, which the type of the list cannot say.
const COMMANDS = [SCAN, FOLLOW, PREDICT, TRAIN, EVALUATE, MAP, REDUCE] as unknown as CliCommand[];
const ALL = [...COMMANDS, completionOf(COMMANDS) as unknown as CliCommand];

runProgram({
  name: 'logcnn',
  run: (args, signal) =>
    runSubcommand('logcnn', 'Finds the anomalous blocks of logs, on this machine alone.', ALL, args, signal),
});
