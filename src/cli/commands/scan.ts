import { COMPRESSED_ENDING } from '../../core/input/logName';
import { UserError } from '../../core/errors/userError';
import { unescapeControls } from '../../core/findings/escapeControls';
import { markedNew } from '../../core/verdict/known';
import { mostSuspicious } from '../../core/verdict/mostSuspicious';
import { byPlace, relocated } from '../../core/verdict/relocated';
import { inBatches, type Verdict } from '../../core/verdict/verdict';
import { basename, join } from 'node:path';
import { featureFiles, writeFeatures } from '../../node/tables/featuresWriter';
import { UsageError } from '../usageError';
import { readKnown } from '../../node/scan/knownFindings';
import { openLog } from '../../node/files/logSource';
import { STANDARD_INPUT } from '../../node/files/openInput';
import { writeMinedRecords } from '../../node/tables/minedRecordsWriter';
import { possibleModelFiles } from '../../node/models/modelFiles';
import { STANDARD_OUTPUT } from '../../node/files/outputPlace';
import { refuseOverwrittenInputs } from '../../node/files/overwrittenInput';
import { parsedLogFiles, ParsedLogWriter } from '../../node/tables/parsedLogWriter';
import { formatByName, REPORTS } from '../../node/reports/report';
import type { ScanSettings } from '../../node/settings/scanSettings';
import { LINE_LENGTH } from '../../node/reports/reportContent';
import { SCAN_OPTIONS } from '../../node/settings/options';
import { openRotatedLog, rotatedFiles, type RotatedLog } from '../../node/files/rotatedLog';
import { encodingOf } from '../../node/scan/inEncoding';
import { LogScanner, type ScanHooks } from '../../node/scan/scanLog';
import { CONFIG_OPTIONS, INPUT, REPORT_OPTIONS, RUN_OPTIONS } from '../options';
import { defineCommand } from '../command';
import { MODELS } from '../modelsFolder';
import { EXIT } from '../program';
import { ProgressBar } from '../progressBar';
import { writeReport } from '../reportOutput';
import { configurationPaths, formatList, scanSettings } from '../scanArguments';
import { tell } from '../standardError';
import { LogTextReader } from '../../worker/logText';

/** Options of a scan that is asked for. */
const { exclude: _, model, baseline, unsupervised, ...reading } = SCAN_OPTIONS;

/** Scans a log and writes what is found. */
export const SCAN = defineCommand({
  name: 'scan',
  summary: 'Find the anomalous blocks of a log',
  usages: ['--input <log> [options]', '<log> [options]'],
  description: 'Finds the anomalous blocks of a raw log and writes them, the most suspicious first.',
  positional: 'input',
  options: {
    input: INPUT,
    ...REPORT_OPTIONS,
    model,
    baseline,
    unsupervised,
    ...reading,
    ...CONFIG_OPTIONS,
    ...RUN_OPTIONS,
  },
  more: `Exit: 0 it ran, 1 anomalies and --fail-on-anomaly, 2 wrong use or input.

Examples:
  {} --input hdfs.log
  {} --input hdfs.log.gz --output findings.json
  zcat hdfs.log.*.gz | {} --input - --output - --format csv
  {} --input hdfs.log --model my-model --fail-on-anomaly
  {} --log-format list                                         # the names of all log formats
  {} --input app.log --output accepted.json                    # accept what is found now
  {} --input app.log --known accepted.json --fail-on-anomaly   # and fail on anything new`,
  async run(values, signal) {
    const isCancelled = (): boolean => signal.aborted;
    if (values.logFormat === 'list') {
      process.stdout.write(formatList());
      return EXIT.ok;
    }
    if (values.input === undefined) {
      throw new UsageError('--input is missing; give a log file, or - for standard input (see --help).');
    }
    const format = values.format ?? formatByName(values.output);
    const { settings, maxFindings = Infinity, notices } = await scanSettings(values.input, values);
    notices.forEach((line) => process.stderr.write(`configuration: ${line}\n`));
    settings.threads = values.threads;
    const known = values.known === undefined ? undefined : await readKnown(values.known);

    const input = values.input;
    const stem = input === STANDARD_INPUT ? 'stdin' : stemOf(input);
    const parsedFiles = values.saveParsed === undefined ? undefined : parsedLogFiles(values.saveParsed, stem);
    const features = values.saveFeatures === undefined ? undefined : featureFiles(values.saveFeatures, stem);
    const saved = [parsedFiles?.structured, parsedFiles?.templates, features?.images, features?.blocks];
    await refuseOverwrittenInputs(
      [values.output, ...saved],
      [
        ...(values.rotated && input !== STANDARD_INPUT ? await rotatedFiles(input) : [input]),
        ...(settings.baseline ?? []),
        values.known,
        ...configurationPaths(input, values),
        ...(await possibleModelFiles(settings.model, MODELS)),
      ],
    );
    const scanner = new LogScanner(MODELS, join(__dirname, '..', 'slice-scanner.js'));
    const bar = new ProgressBar();
    let parsed: ParsedLogWriter | undefined;
    const hooks: ScanHooks = {
      isCancelled,
      onProgress: (phase, done, total) => bar.update(phase, done, total),
    };
    if (parsedFiles !== undefined) {
      hooks.onModel = async (profile) => {
        parsed = await ParsedLogWriter.create(parsedFiles, profile);
      };
      hooks.onRecord = (record) => parsed?.add(record);
      hooks.afterChunk = async () => parsed?.flush();
    }
    try {
      const log = values.rotated ? await openWithRotated(input, settings) : { source: await openLog(input) };
      const { verdict: scanned, read } = await scanner.scan(log.source, settings, hooks);
      let verdict = 'parts' in log ? withPlaces(scanned, log) : scanned;
      if (read.by !== 'model' && features !== undefined) {
        throw new UsageError(
          `--save-features needs a model, and ${input} was judged without labels; give one with --model.`,
        );
      }
      if (read.by === 'mining' && parsedFiles !== undefined && !values.rotated && log.source.file === undefined) {
        throw new UsageError(
          `--save-parsed reads a log twice where no model knows its templates, which ${log.source.name} does not allow; save it to a file first.`,
        );
      }
      let failing = verdict.anomalous;
      if (known !== undefined && values.known !== undefined) {
        const marked = await markedNew(verdict, known, values.known, { isCancelled });
        verdict = marked.verdict;
        failing = marked.newCount;
      }
      const end = Math.min(maxFindings, values.allBlocks ? verdict.total : verdict.anomalous);
      const report = REPORTS[format]({
        input,
        summary: verdict.summary,
        findings: inBatches(verdict, end, {
          isCancelled,
          onProgress: (done, total) => bar.update('explaining', done, total),
        }),
        mostSuspicious: values.allBlocks ? [] : await mostSuspicious(verdict, { isCancelled }),
        textsOf:
          'parts' in log || input === STANDARD_INPUT
            ? undefined
            : (lines) => textsOf(input, encodingOf(settings), lines),
      });
      await writeReport(values.output, report);
      await parsed?.commit();
      parsed = undefined;
      if (read.by === 'mining' && parsedFiles !== undefined) {
        await writeMinedRecords(
          values.rotated ? (await openWithRotated(input, settings)).source : await openLog(input),
          read.reading,
          parsedFiles,
          { isCancelled },
        );
      }
      if (features !== undefined && read.by === 'model') {
        await writeFeatures(features, read.profile.features, read.scored);
      }
      bar.clear();
      if (values.output !== STANDARD_OUTPUT) {
        tell(conclusion(verdict, values.output));
      }
      return values.failOnAnomaly && failing > 0 ? EXIT.anomalies : EXIT.ok;
    } finally {
      bar.clear();
      await parsed?.discard();
      await scanner.release();
    }
  },
});

/** The texts of lines of the log; undefined if they cannot be read once more, as those of a pipe. */
async function textsOf(
  input: string,
  encoding: ReturnType<typeof encodingOf>,
  lines: readonly number[],
): Promise<string[] | undefined> {
  const reader = new LogTextReader();
  reader.tellEncoding(input, encoding);
  try {
    return (await reader.readLines(input, lines, LINE_LENGTH)).map(unescapeControls);
  } catch (error) {
    if (error instanceof UserError) {
      return undefined;
    }
    throw error;
  }
}

async function openWithRotated(input: string, settings: ScanSettings): Promise<RotatedLog> {
  if (input === STANDARD_INPUT) {
    throw new UsageError(
      '--rotated looks for files beside the log, and standard input has none; name the newest file.',
    );
  }
  return openRotatedLog(await rotatedFiles(input), encodingOf(settings));
}

/** Names file and line, for the lines of the report are those of all files one after another. */
function withPlaces(verdict: Verdict, { parts }: RotatedLog): Verdict {
  const named = parts.map((part) => ({ ...part, name: basename(part.path) }));
  return relocated(verdict, named, byPlace, 'files, read as one log whose lines are counted through');
}

function conclusion({ summary }: Verdict, output: string): string {
  const { lines, blocks, anomalous, suppressed = 0, model } = summary;
  const hidden = suppressed === 0 ? '' : `, and ${suppressed} of ${anomalous + suppressed} findings were suppressed`;
  return `${anomalous} of ${blocks} blocks are anomalous (${lines} lines, model ${model})${hidden}; written to ${output}`;
}

/** A log's name without the ending of a compression and a final `.log`: the stem of the files that are saved beside. */
function stemOf(path: string): string {
  return basename(path)
    .replace(COMPRESSED_ENDING, '')
    .replace(/\.log$/i, '');
}
