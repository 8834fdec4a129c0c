import { join } from 'node:path';
import { inBatches } from '../core/verdict/verdict';
import { limitedLinesNotes } from '../core/patterns/limitedLinesNotes';
import { InputError } from '../node/files/inputError';
import { openLog } from '../node/files/logSource';
import { STANDARD_INPUT } from '../node/files/openInput';
import { mappedInput } from '../node/mapReduce/hadoopSplit';
import { mapLog } from '../node/mapReduce/mapLog';
import { possibleModelFiles } from '../node/models/modelFiles';
import { refuseOverwrittenInputs } from '../node/files/overwrittenInput';
import { reduceRows } from '../node/mapReduce/reduceRows';
import { STANDARD_OUTPUT } from '../node/files/outputPlace';
import { REPORTS } from '../node/reports/report';
import { EXIT, numberArgument, outputFault, parseArguments } from './program';
import { ProgressBar } from './progressBar';
import { reportFormat, writeReport } from './reportOutput';
import { tell } from './standardError';

/** Nobody reads standard output any more (`| head`): the rest need not be mapped, which is no fault. */
class ReaderGoneError extends Error {}

const MODELS = join(__dirname, '..', '..', 'models');

/**
 * `detect-anomalies --map` and `detect-anomalies --reduce`: the two halves of detection for logs that are read on many
 * machines.
 * @throws InputError for wrong use or input
 */
export async function runMapReduce(args: string[], isCancelled: () => boolean): Promise<number> {
  if (args.includes('--map') && args.includes('--reduce')) {
    throw new InputError('--map and --reduce contradict each other; run them one after the other, with sort between.');
  }
  const bar = new ProgressBar();
  try {
    return await (args.includes('--map') ? map(args, isCancelled, bar) : reduce(args, isCancelled, bar));
  } catch (error) {
    if (error instanceof ReaderGoneError) {
      return EXIT.ok;
    }
    throw error;
  } finally {
    bar.clear();
  }
}

async function map(args: string[], isCancelled: () => boolean, bar: ProgressBar): Promise<number> {
  const { values } = parseArguments({
    args,
    options: {
      map: { type: 'boolean' },
      input: { type: 'string', short: 'i', default: STANDARD_INPUT },
      model: { type: 'string', short: 'm' },
      'session-key': { type: 'string' },
    },
  });
  const settings = {
    modelPath: values.model,
    sessionPattern: values['session-key'],
    modelsFolder: MODELS,
    input: mappedInput(process.env),
  };
  await refuseOverwrittenInputs([STANDARD_OUTPUT], [values.input, ...(await possibleModelFiles(values.model, MODELS))]);
  const source = await openLog(values.input);
  const { model, lines, records, rows, clippedLines, limitedLines } = await mapLog(source, settings, writeOut, {
    isCancelled,
    onProgress: (done, total) => bar.update('mapping', done, total),
  });
  bar.clear();
  const clipped = clippedLines === 0 ? '' : `; ${clippedLines} lines are longer than 64 KiB and were clipped`;
  const limited = limitedLinesNotes(limitedLines).map((note) => `; ${note}`);
  tell(`${rows} rows of ${records} records (${lines} lines, model ${model})${clipped}${limited.join('')}`);
  return EXIT.ok;
}

async function reduce(args: string[], isCancelled: () => boolean, bar: ProgressBar): Promise<number> {
  const { values } = parseArguments({
    args,
    options: {
      reduce: { type: 'boolean' },
      input: { type: 'string', short: 'i', default: STANDARD_INPUT },
      output: { type: 'string', short: 'o', default: 'anomalies.txt' },
      format: { type: 'string' },
      model: { type: 'string', short: 'm' },
      threshold: { type: 'string' },
      'max-findings': { type: 'string' },
      'all-blocks': { type: 'boolean', default: false },
      'fail-on-anomaly': { type: 'boolean', default: false },
    },
  });
  const { input, output } = values;
  const format = reportFormat(values.format, output);
  const maximum =
    values['max-findings'] === undefined
      ? Infinity
      : Math.floor(numberArgument('max-findings', values['max-findings'], 0, Number.MAX_SAFE_INTEGER));
  await refuseOverwrittenInputs([output], [input, ...(await possibleModelFiles(values.model, MODELS))]);
  const { verdict, close } = await reduceRows(
    await openLog(input),
    {
      modelPath: values.model,
      threshold: values.threshold === undefined ? undefined : numberArgument('threshold', values.threshold, 0, 1),
      allBlocks: values['all-blocks'],
      modelsFolder: MODELS,
    },
    { isCancelled, onProgress: (done, total) => bar.update('judging', done, total) },
  );
  try {
    const findings = inBatches(verdict, Math.min(maximum, verdict.total), { isCancelled });
    await writeReport(output, REPORTS[format]({ input, summary: verdict.summary, findings }));
  } finally {
    await close();
  }
  bar.clear();
  if (output !== STANDARD_OUTPUT) {
    const { anomalous, blocks, lines, model } = verdict.summary;
    tell(`${anomalous} of ${blocks} blocks are anomalous (${lines} rows, model ${model}); written to ${output}`);
  }
  return values['fail-on-anomaly'] && verdict.anomalous > 0 ? EXIT.anomalies : EXIT.ok;
}

/**
 * Writes bytes to standard output.
 * @throws ReaderGoneError once its reader has seen enough
 * @throws InputError if the disk is full
 */
async function writeOut(bytes: Uint8Array): Promise<void> {
  if (bytes.length > 0) {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(bytes, (error) => {
        if (error) {
          reject(outputFault() ?? new ReaderGoneError());
        } else {
          resolve();
        }
      });
    });
  }
}
