import { runCommand } from './command';
import { EVALUATE } from './commands/evaluate';
import { runProgram } from './program';

runProgram({ name: 'evaluate-model', run: (args, signal) => runCommand('evaluate-model', EVALUATE, args, signal) });
