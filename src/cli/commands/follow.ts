import { setTimeout as wait } from 'node:timers/promises';
import { CancelledError } from '../../core/cancellation';
import { UsageError } from '../usageError';
import { STANDARD_INPUT } from '../../node/files/openInput';
import { STANDARD_OUTPUT } from '../../node/files/outputPlace';
import { refuseOverwrittenInputs } from '../../node/files/overwrittenInput';
import { possibleModelFiles } from '../../node/models/modelFiles';
import { TEXT_HEADER, textRow } from '../../node/reports/textReport';
import { followLog } from '../../node/scan/followLog';
import { SCAN_OPTIONS } from '../../node/settings/options';
import { defineCommand } from '../command';
import { MODELS } from '../modelsFolder';
import { NewFindings } from '../newFindings';
import { CONFIG_OPTIONS, INPUT } from '../options';
import { EXIT } from '../program';
import { ProgressBar } from '../progressBar';
import { configurationPaths, scanSettings } from '../scanArguments';
import { tell } from '../standardError';

const { exclude: _, baseline: __, maxFindings, ...reading } = SCAN_OPTIONS;

/** Scans a log and goes on as it grows. */
export const FOLLOW = defineCommand({
  name: 'follow',
  summary: 'Tell new findings as a log grows',
  usages: ['--input <log> [options]', '<log> [options]'],
  description:
    'Scans a log and goes on as it grows. Writes one line a finding to standard output, first those that are there, then each new one. Ends with Ctrl+C, or when the file has gone.',
  positional: 'input',
  options: {
    input: { ...INPUT, help: 'Log file, not a compressed one' },
    ...reading,
    maxFindings: {
      ...maxFindings,
      help: 'How many findings of the log are kept at most, those of the highest score first',
      usual: String(maxFindings.setting.default),
    },
    ...CONFIG_OPTIONS,
  },
  more: `Exit: 0 it ran, 2 wrong use or input.

Example:
  {} app.log --session-key 'request=(\\w+)'`,
  async run(values, signal) {
    const { input } = values;
    if (input === undefined || input === STANDARD_INPUT) {
      throw new UsageError('A log is missing; give the file of one that grows (see --help).');
    }
    const {
      settings,
      maxFindings: most = SCAN_OPTIONS.maxFindings.setting.default,
      notices,
    } = await scanSettings(input, values);
    notices.forEach((line) => tell(`configuration: ${line}`));
    await refuseOverwrittenInputs(
      [STANDARD_OUTPUT],
      [input, ...configurationPaths(input, values), ...(await possibleModelFiles(settings.model, MODELS))],
    );
    const bar = new ProgressBar();
    const news = new NewFindings();
    let isFirst = true;
    try {
      await followLog(input, settings, MODELS, {
        // A reader that has seen enough ends it, too.
        isCancelled: () => signal.aborted || process.stdout.destroyed,
        onProgress: (phase, done, total) => bar.update(phase, done, total),
        now: () => performance.now(),
        pause: (milliseconds) => wait(milliseconds, undefined, { signal }).catch(() => undefined),
        onUpdate: async ({ verdict }) => {
          const { summary } = verdict;
          const findings = await verdict.findings(0, Math.min(most, verdict.anomalous));
          bar.clear();
          if (isFirst) {
            const { anomalous, blocks, model } = summary;
            tell(`following ${input}: ${anomalous} of ${blocks} blocks are anomalous by now (model ${model})`);
            process.stdout.write(TEXT_HEADER);
            isFirst = false;
          }
          process.stdout.write(news.take(findings).map(textRow).join(''));
        },
      });
    } catch (error) {
      if (!(error instanceof CancelledError)) {
        throw error;
      }
    } finally {
      bar.clear();
    }
    return EXIT.ok;
  },
});
