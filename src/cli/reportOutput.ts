import { writeAtomically, type AtomicFile } from '../node/files/atomicFile';
import { STANDARD_OUTPUT } from '../node/files/outputPlace';
import { formatByName, REPORTS, type ReportFormat } from '../node/reports/report';
import { UsageError } from './usageError';

/**
 * The form of a report: the one that is wanted, else by the name of the output.
 * @throws UsageError if there is no such form
 */
export function reportFormat(wanted: string | undefined, output: string): ReportFormat {
  if (wanted === undefined) {
    return formatByName(output);
  }
  if (!Object.hasOwn(REPORTS, wanted)) {
    throw new UsageError(`--format is "${wanted}"; give ${Object.keys(REPORTS).join(', ')}.`);
  }
  return wanted as ReportFormat;
}

/**
 * Writes a report to a file, or to standard output where `output` is `-`.
 * @throws UserError if the file cannot be written
 */
export async function writeReport(output: string, report: AsyncIterable<string>): Promise<void> {
  if (output !== STANDARD_OUTPUT) {
    await writeAtomically(output, async (file: AtomicFile) => {
      for await (const text of report) {
        await file.write(text);
      }
    });
    return;
  }
  for await (const text of report) {
    if (process.stdout.destroyed) {
      return;
    }
    if (!process.stdout.write(text)) {
      await new Promise<void>((resolve) => {
        const goOn = (): void => {
          process.stdout.off('drain', goOn).off('close', goOn);
          resolve();
        };
        process.stdout.on('drain', goOn).on('close', goOn);
      });
    }
  }
}
