import { writeAtomically, type AtomicFile } from '../node/files/atomicFile';
import { STANDARD_OUTPUT } from '../node/files/outputPlace';

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
