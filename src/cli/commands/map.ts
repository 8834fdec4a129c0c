import { limitedLinesNotes } from '../../core/patterns/limitedLinesNotes';
import { openLog } from '../../node/files/logSource';
import { STANDARD_INPUT } from '../../node/files/openInput';
import { STANDARD_OUTPUT } from '../../node/files/outputPlace';
import { refuseOverwrittenInputs } from '../../node/files/overwrittenInput';
import { mappedInput } from '../../node/mapReduce/hadoopSplit';
import { mapLog } from '../../node/mapReduce/mapLog';
import { possibleModelFiles } from '../../node/models/modelFiles';
import { SCAN_OPTIONS } from '../../node/settings/options';
import { defineCommand } from '../command';
import { MODELS } from '../modelsFolder';
import { INPUT } from '../options';
import { EXIT, outputFault } from '../program';
import { ProgressBar } from '../progressBar';
import { tell } from '../standardError';

/** Nobody reads standard output any more (`| head`): the rest need not be mapped, which is no fault. */
class ReaderGoneError extends Error {}

/** The first half of a scan of a log that is read on many machines. */
export const MAP = defineCommand({
  name: 'map',
  summary: "Write a log's events as rows for a cluster",
  usages: ['[--input <log>] [options]', '<log> [options]'],
  description:
    "Writes the log's events as rows for a cluster (docs/guide/cluster.md) to standard output. No configuration is read.",
  positional: 'input',
  options: {
    input: { ...INPUT, default: STANDARD_INPUT },
    model: { ...SCAN_OPTIONS.model, usual: 'the bundled model that fits the log', excludes: {} },
    encoding: SCAN_OPTIONS.encoding,
    sessionKey: { ...SCAN_OPTIONS.sessionKey, usual: "the model's" },
  },
  more: `Exit: 0 it ran, 2 wrong use or input.

Example:
  {} < hdfs.log | LC_ALL=C sort > rows`,
  async run(values, signal) {
    const bar = new ProgressBar();
    try {
      return await map(values, () => signal.aborted, bar);
    } catch (error) {
      if (error instanceof ReaderGoneError) {
        return EXIT.ok;
      }
      throw error;
    } finally {
      bar.clear();
    }
  },
});

async function map(
  { input, model, encoding, sessionKey }: { input: string; model?: string; encoding?: string; sessionKey?: string },
  isCancelled: () => boolean,
  bar: ProgressBar,
): Promise<number> {
  const settings = { model, encoding, sessionKey, modelsFolder: MODELS, input: mappedInput(process.env) };
  await refuseOverwrittenInputs([STANDARD_OUTPUT], [input, ...(await possibleModelFiles(model, MODELS))]);
  const source = await openLog(input);
  const {
    model: name,
    lines,
    records,
    rows,
    clippedLines,
    limitedLines,
  } = await mapLog(source, settings, writeOut, {
    isCancelled,
    onProgress: (done, total) => bar.update('mapping', done, total),
  });
  bar.clear();
  const clipped = clippedLines === 0 ? '' : `; ${clippedLines} lines are longer than 64 KiB and were clipped`;
  const limited = limitedLinesNotes(limitedLines).map((note) => `; ${note}`);
  tell(`${rows} rows of ${records} records (${lines} lines, model ${name})${clipped}${limited.join('')}`);
  return EXIT.ok;
}

/**
 * Writes bytes to standard output.
 * @throws ReaderGoneError once its reader has seen enough
 * @throws UserError if the disk is full
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
