import { runCommand } from './command';
import { TRAIN } from './commands/train';
import { runProgram } from './program';

runProgram({ name: 'train-model', run: (args, signal) => runCommand('train-model', TRAIN, args, signal) });
