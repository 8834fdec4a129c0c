import { unescapeControls } from '../../core/findings/escapeControls';
import type { Finding } from '../../core/findings/finding';
import type { FindingPart } from '../../core/findings/findingParts';
import type { WorkerClient } from '../engine/workerClient';
import { textsOf } from '../results/logPlaces';
import type { FileResults } from '../results/resultsStore';

/** A finding with its texts as the log has them, for reports, which escape them in their own way. */
export function exactFinding(finding: Finding): Finding {
  const { block, parts, template, text } = finding;
  return {
    ...finding,
    block: unescapeControls(block),
    parts: parts.map(exactPart),
    template: unescapeControls(template),
    ...(text === undefined ? {} : { text: unescapeControls(text) }),
  };
}

function exactPart(part: FindingPart): FindingPart {
  const exact = (value: unknown): unknown =>
    typeof value === 'string' ? unescapeControls(value) : Array.isArray(value) ? value.map(exact) : value;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, exact(value)])) as FindingPart;
}

/** Reads lines of a log for a report; undefined if they cannot be read any more. */
export function exactTextsOf(
  client: Pick<WorkerClient, 'lines'>,
  results: FileResults,
  maximumLength: number,
): (lines: readonly number[]) => Promise<string[] | undefined> {
  return async (lines) => {
    try {
      return (await textsOf(client, results, lines, maximumLength)).map(unescapeControls);
    } catch {
      // What was found is worth a report without the lines, too.
      return undefined;
    }
  };
}
