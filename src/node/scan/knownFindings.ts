import * as z from 'zod';
import { UserError } from '../../core/errors/userError';
import type { LogVerdict } from './logVerdict';
import { openPath } from '../files/openInput';
import { readInput } from '../files/readInput';

/** Bytes that a file of known findings may have: the JSON report of a million findings. */
const MAXIMUM_BYTES = 1 << 28;
/** Findings that are made at once. */
const BATCH = 1000;

const fingerprint = z.string().regex(/^[0-9a-f]{16}$/);
const reportSchema = z.object({ findings: z.array(z.object({ anomalous: z.boolean(), fingerprint: z.string() })) });

/**
 * Reads the fingerprints of findings that are known: of the anomalous ones of a JSON report, or those of a text file, one
 * a line. The path is the user's, so a pipe is read too.
 * @throws UserError if it is neither, cannot be read or is too large
 * @throws CancelledError if a pipe was waited for when the user ended the program
 */
export async function readKnown(path: string): Promise<ReadonlySet<string>> {
  const text = (await readInput(await openPath(path), MAXIMUM_BYTES)).toString('utf8');
  if (text.trimStart().startsWith('{')) {
    return new Set(fingerprintsOfReport(text, path));
  }
  const known = new Set<string>();
  text.split(/\r?\n/).forEach((line, i) => {
    const entry = line.replace(/#.*/, '').trim();
    if (entry !== '' && !fingerprint.safeParse(entry).success) {
      throw new UserError('known-no-fingerprint', { path, line: i + 1 });
    }
    if (entry !== '') {
      known.add(entry);
    }
  });
  return known;
}

function fingerprintsOfReport(text: string, path: string): string[] {
  try {
    const { findings } = reportSchema.parse(JSON.parse(text));
    return findings.filter(({ anomalous }) => anomalous).map((finding) => finding.fingerprint);
  } catch {
    throw new UserError('known-no-report', { path });
  }
}

/**
 * A verdict whose findings say whether they are new, and how many anomalous ones are.
 * @param path of the file that the known ones were read from, for the notes
 * @throws CancelledError if it says so
 */
export async function markNew(
  verdict: LogVerdict,
  known: ReadonlySet<string>,
  path: string,
  isCancelled: () => boolean,
): Promise<{ verdict: LogVerdict; newCount: number }> {
  const findings: LogVerdict['findings'] = async (start, end, hooks) =>
    (await verdict.findings(start, end, hooks)).map((finding) => ({
      ...finding,
      isNew: finding.anomalous && !known.has(finding.fingerprint),
    }));
  const { summary } = verdict;
  let newCount = 0;
  for (let start = 0; start < summary.anomalous; start += BATCH) {
    const batch = await findings(start, Math.min(summary.anomalous, start + BATCH), { isCancelled });
    newCount += batch.filter(({ isNew }) => isNew).length;
  }
  const note = `new findings: ${newCount} of ${summary.anomalous}, the others are known from ${path}`;
  return { verdict: { ...verdict, findings, summary: { ...summary, notes: [...summary.notes, note] } }, newCount };
}
