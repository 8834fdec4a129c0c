import { basename, join } from 'node:path';
import { markedNew } from '../core/verdict/known';
import { mostSuspicious } from '../core/verdict/mostSuspicious';
import { byReason, relocated } from '../core/verdict/relocated';
import { inBatches, type Verdict } from '../core/verdict/verdict';
import { featureFiles, writeFeatures } from '../node/tables/featuresWriter';
import { InputError } from '../node/files/inputError';
import { readKnown } from '../node/scan/knownFindings';
import { openLog } from '../node/files/logSource';
import { STANDARD_INPUT } from '../node/files/openInput';
import { writeMinedRecords } from '../node/tables/minedRecordsWriter';
import { possibleModelFiles } from '../node/models/modelFiles';
import { STANDARD_OUTPUT } from '../node/files/outputPlace';
import { refuseOverwrittenInputs } from '../node/files/overwrittenInput';
import { parsedLogFiles, ParsedLogWriter } from '../node/tables/parsedLogWriter';
import { REPORTS } from '../node/reports/report';
import { openRotatedLog, rotatedFiles, type RotatedLog } from '../node/files/rotatedLog';
import { LogScanner, type ScanHooks } from '../node/scan/scanLog';
import { runMapReduce } from './mapReduce';
import { EXIT, numberArgument, parseArguments, runProgram } from './program';
import { ProgressBar } from './progressBar';
import { reportFormat, writeReport } from './reportOutput';
import { configurationPaths, formatList, SCAN_OPTIONS, scanSettings } from './scanArguments';
import { tell } from './standardError';

const HELP = `Usage: detect-anomalies --input <log> [options]

Finds the anomalous blocks of a raw log and writes them, the most suspicious first.

  -i, --input <log>          a log file, also .gz, or - for standard input
  -o, --output <file>        where to write; - for standard output (default: anomalies.txt)
      --format <form>        text, json, csv or sarif (default: by the output's extension, else text)
  -m, --model <bundle>       a bundle folder, or a .onnx file with its profile.json beside it
                             (default: the bundled model that fits the log,
                             else the log is judged without labels)
      --baseline <log>       judge against a log that is believed good; may repeat
      --unsupervised         judge without labels, even if a model fits
      --log-format <format>  how the records begin: a name ("--log-format list" tells them), a pattern such as
                             "<Date> <Time> <Level> <Component>: <Content>", or a regular expression
                             with (?<time>…), (?<level>…), (?<content>…); no model then (default: detected)
      --session-key <regex>  how a session key looks in a message (default: the model's, or found)
      --mask <regex>         what is variable in messages; may be given several times
      --threshold <0…1>      score from which a block is anomalous (default: the model's)
      --since <time>         only the records from this time on, for example 2025-03-01T10:15,
      --until <time>         only those up to it; without zone as the log writes its times
      --suppress <template>  a template as reasons show it, or a fingerprint, that is not to be told; also several times
      --known <file>         a JSON report of an earlier run, or fingerprints, one a line:
                             the report says which findings are new, and --fail-on-anomaly counts only these
      --config <file>        settings (default: of logcnn.config.json beside the log, else in the current folder,
                             those that say how the log is read)
      --no-config            without them
      --max-findings <n>     write at most so many findings (default: all)
      --rotated              read the files that the log was rotated to, too, as one log
                             (app.log.2.gz, app.log.1, app.log); reasons name file and line
      --threads <n>          threads that read a large log that a model knows
                             (default: as many as there are cores, at most 4)
      --all-blocks           write the blocks that are not anomalous, too
      --save-parsed <folder>    also write <stem>_structured.csv and <stem>_templates.csv
      --save-features <folder>  also write x_<stem>.npy and blocks_<stem>.csv
      --fail-on-anomaly      exit with 1 if there are anomalous blocks, with --known new ones
      --map                  write the log's events as rows for a cluster (docs/guide/cluster.md);
                             with --input (default: -), --model and --session-key only
      --reduce               judge such rows, sorted, from --input (default: -)
  -h, --help                 show this

Exit: 0 it ran, 1 anomalies and --fail-on-anomaly, 2 wrong use or input.

Examples:
  detect-anomalies --input hdfs.log
  detect-anomalies --input hdfs.log.gz --output findings.json
  zcat hdfs.log.*.gz | detect-anomalies --input - --output - --format csv
  detect-anomalies --input hdfs.log --model my-model --fail-on-anomaly
  detect-anomalies --input app.log --output accepted.json                        # accept what is found now
  detect-anomalies --input app.log --known accepted.json --fail-on-anomaly       # and fail on anything new
  detect-anomalies --map < hdfs.log | LC_ALL=C sort | detect-anomalies --reduce
`;

const MODELS = join(__dirname, '..', '..', 'models');

runProgram({
  name: 'detect-anomalies',
  async run(args, isCancelled) {
    const { values } = parseArguments({
      args,
      options: {
        input: { type: 'string', short: 'i' },
        output: { type: 'string', short: 'o', default: 'anomalies.txt' },
        format: { type: 'string' },
        ...SCAN_OPTIONS,
        known: { type: 'string' },
        rotated: { type: 'boolean', default: false },
        threads: { type: 'string' },
        'all-blocks': { type: 'boolean', default: false },
        'save-parsed': { type: 'string' },
        'save-features': { type: 'string' },
        'fail-on-anomaly': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        map: { type: 'boolean', default: false },
        reduce: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(HELP);
      return EXIT.ok;
    }
    if (values['log-format'] === 'list') {
      process.stdout.write(formatList());
      return EXIT.ok;
    }
    if (values.map || values.reduce) {
      return runMapReduce(args, isCancelled);
    }
    if (values.input === undefined) {
      throw new InputError('--input is missing; give a log file, or - for standard input (see --help).');
    }
    const format = reportFormat(values.format, values.output);
    const { settings, maximumFindings = Infinity, tells } = await scanSettings(values.input, values);
    tells.forEach((line) => process.stderr.write(`configuration: ${line}\n`));
    if (values.threads !== undefined) {
      settings.threads = numberArgument('threads', values.threads, 1, 64);
    }
    const known = values.known === undefined ? undefined : await readKnown(values.known);

    const input = values.input;
    const stem = input === STANDARD_INPUT ? 'stdin' : stemOf(input);
    const parsedFiles = values['save-parsed'] === undefined ? undefined : parsedLogFiles(values['save-parsed'], stem);
    const features = values['save-features'] === undefined ? undefined : featureFiles(values['save-features'], stem);
    const saved = [parsedFiles?.structured, parsedFiles?.templates, features?.images, features?.blocks];
    await refuseOverwrittenInputs(
      [values.output, ...saved],
      [
        ...(values.rotated && input !== STANDARD_INPUT ? await rotatedFiles(input) : [input]),
        ...(settings.baselines ?? []),
        values.known,
        ...configurationPaths(input, values),
        ...(await possibleModelFiles(settings.modelPath, MODELS)),
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
      const log = values.rotated ? await openWithRotated(input) : { source: await openLog(input) };
      const { verdict: scanned, read } = await scanner.scan(log.source, settings, hooks);
      let verdict = 'parts' in log ? withPlaces(scanned, log) : scanned;
      if (read.by !== 'model' && features !== undefined) {
        throw new InputError(
          `--save-features needs a model, and ${input} was judged without labels; give one with --model.`,
        );
      }
      if (read.by === 'mining' && parsedFiles !== undefined && !values.rotated && log.source.file === undefined) {
        throw new InputError(
          `--save-parsed reads a log twice where no model knows its templates, which ${log.source.name} does not allow; save it to a file first.`,
        );
      }
      let failing = verdict.anomalous;
      if (known !== undefined && values.known !== undefined) {
        const marked = await markedNew(verdict, known, values.known, { isCancelled });
        verdict = marked.verdict;
        failing = marked.newCount;
      }
      const end = Math.min(maximumFindings, values['all-blocks'] ? verdict.total : verdict.anomalous);
      const report = REPORTS[format]({
        input,
        summary: verdict.summary,
        findings: inBatches(verdict, end, {
          isCancelled,
          onProgress: (done, total) => bar.update('explaining', done, total),
        }),
        mostSuspicious: values['all-blocks'] ? [] : await mostSuspicious(verdict, { isCancelled }),
      });
      await writeReport(values.output, report);
      await parsed?.commit();
      parsed = undefined;
      if (read.by === 'mining' && parsedFiles !== undefined) {
        await writeMinedRecords(
          values.rotated ? (await openWithRotated(input)).source : await openLog(input),
          read.reading,
          parsedFiles,
          { isCancelled },
        );
      }
      if (features !== undefined && read.by === 'model') {
        await writeFeatures(features, read.profile.features, read.judged);
      }
      bar.clear();
      if (values.output !== STANDARD_OUTPUT) {
        tell(conclusion(verdict, values.output));
      }
      return values['fail-on-anomaly'] && failing > 0 ? EXIT.anomalies : EXIT.ok;
    } finally {
      bar.clear();
      await parsed?.discard();
      await scanner.release();
    }
  },
});

async function openWithRotated(input: string): Promise<RotatedLog> {
  if (input === STANDARD_INPUT) {
    throw new InputError(
      '--rotated looks for files beside the log, and standard input has none; name the newest file.',
    );
  }
  return openRotatedLog(await rotatedFiles(input));
}

/** Names file and line in the reasons, for the lines of the report are those of all files one after another. */
function withPlaces(verdict: Verdict, { parts }: RotatedLog): Verdict {
  const named = parts.map((part) => ({ ...part, name: basename(part.path) }));
  return relocated(verdict, named, byReason, 'files, read as one log whose lines are counted through');
}

function conclusion({ summary }: Verdict, output: string): string {
  const { lines, blocks, anomalous, suppressed = 0, model } = summary;
  const hidden = suppressed === 0 ? '' : `, and ${suppressed} of ${anomalous + suppressed} findings were suppressed`;
  return `${anomalous} of ${blocks} blocks are anomalous (${lines} lines, model ${model})${hidden}; written to ${output}`;
}

/** A log's name without `.gz` and a final `.log`: the stem of the files that are saved beside. */
function stemOf(path: string): string {
  return basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.log$/i, '');
}
