import { inBatches } from '../../core/verdict/verdict';
import { openLog } from '../../node/files/logSource';
import { STANDARD_INPUT } from '../../node/files/openInput';
import { STANDARD_OUTPUT } from '../../node/files/outputPlace';
import { refuseOverwrittenInputs } from '../../node/files/overwrittenInput';
import { reduceRows } from '../../node/mapReduce/reduceRows';
import { possibleModelFiles } from '../../node/models/modelFiles';
import { formatByName, REPORTS } from '../../node/reports/report';
import { SCAN_OPTIONS } from '../../node/settings/options';
import { defineCommand } from '../command';
import { MODELS } from '../modelsFolder';
import { INPUT, REPORT_OPTIONS } from '../options';
import { EXIT } from '../program';
import { ProgressBar } from '../progressBar';
import { writeReport } from '../reportOutput';
import { tell } from '../standardError';

/** The second half of a scan of a log that is read on many machines. */
export const REDUCE = defineCommand({
  name: 'reduce',
  summary: 'Judge the sorted rows of map',
  usages: ['[--input <rows>] [options]', '<rows> [options]'],
  description: 'Judges the rows of map, sorted, and writes what is found as scan does. No configuration is read.',
  positional: 'input',
  options: {
    input: { ...INPUT, value: '<rows>', help: 'Rows of map, sorted, or - for standard input', default: STANDARD_INPUT },
    ...REPORT_OPTIONS,
    failOnAnomaly: { ...REPORT_OPTIONS.failOnAnomaly, help: 'Exit with 1 if there are anomalous blocks' },
    model: { ...SCAN_OPTIONS.model, usual: 'the bundled model that the rows name', excludes: {} },
    threshold: SCAN_OPTIONS.threshold,
    maxFindings: SCAN_OPTIONS.maxFindings,
  },
  more: `Exit: 0 it ran, 1 anomalies and --fail-on-anomaly, 2 wrong use or input.

Example:
  LC_ALL=C sort rows | {} --output findings.json`,
  async run({ input, output, ...values }, signal) {
    const isCancelled = (): boolean => signal.aborted;
    const bar = new ProgressBar();
    try {
      return await judge();
    } finally {
      bar.clear();
    }

    async function judge(): Promise<number> {
      const format = values.format ?? formatByName(output);
      await refuseOverwrittenInputs([output], [input, ...(await possibleModelFiles(values.model, MODELS))]);
      const { verdict, close } = await reduceRows(
        await openLog(input),
        {
          model: values.model,
          threshold: values.threshold,
          allBlocks: values.allBlocks ?? false,
          modelsFolder: MODELS,
        },
        { isCancelled, onProgress: (done, total) => bar.update('judging', done, total) },
      );
      try {
        const findings = inBatches(verdict, Math.min(values.maxFindings ?? Infinity, verdict.total), { isCancelled });
        await writeReport(output, REPORTS[format]({ input, summary: verdict.summary, findings }));
      } finally {
        await close();
      }
      bar.clear();
      if (output !== STANDARD_OUTPUT) {
        const { anomalous, blocks, lines, model } = verdict.summary;
        tell(`${anomalous} of ${blocks} blocks are anomalous (${lines} rows, model ${model}); written to ${output}`);
      }
      return values.failOnAnomaly && verdict.anomalous > 0 ? EXIT.anomalies : EXIT.ok;
    }
  },
});
