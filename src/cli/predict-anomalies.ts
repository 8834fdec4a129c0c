import { runCommand } from './command';
import { PREDICT } from './commands/predict';
import { runProgram } from './program';

runProgram({
  name: 'predict-anomalies',
  run: (args, signal) => runCommand('predict-anomalies', PREDICT, args, signal),
});
