import type { Uri } from 'vscode';
import { baseName } from '../base/baseName';
import { escapeControls } from '../../core/findings/escapeControls';
import { lastLineOf, placeIn } from '../../core/input/rotatedFile';
import type { FileResults } from './resultsStore';
import type { WorkerClient } from '../engine/workerClient';

/** A line in the file that holds it. */
export interface LogPlace {
  uri: Uri;
  /** The document that shows it. */
  documentUri: Uri;
  /** Physical line of the file, from 1. */
  line: number;
}

/** Where a line of a scanned log is: in one of its files if it was scanned with those that it was rotated to. */
export function placeOf({ uri, documentUri, outcome }: FileResults, line: number): LogPlace {
  if (outcome?.parts === undefined) {
    return { uri, documentUri, line };
  }
  const { part, line: own } = placeIn(outcome.parts, line);
  return { uri: part.uri, documentUri: part.documentUri, line: own };
}

/** How a line is called beside its text: `12`, or `app.log.1:12` where the log has several files. */
export function placeLabel(results: FileResults, line: number): string {
  const place = placeOf(results, line);
  return results.outcome?.parts === undefined ? String(line) : `${escapeControls(baseName(place.uri))}:${place.line}`;
}

/** The lines of a log that a document shows: those above `after` and up to `last`, as the log counts them. */
export function linesShownBy({ outcome }: FileResults, document: Uri): { after: number; last: number } {
  const key = document.toString();
  const part = outcome?.parts?.find(({ uri, documentUri }) => documentUri.toString() === key || uri.toString() === key);
  return part === undefined
    ? { after: 0, last: Infinity }
    : { after: part.linesBefore, last: lastLineOf(outcome!.parts!, part) };
}

/**
 * Reads the texts of lines of a log, each file in one pass.
 * @param lines as the log counts them, ascending
 * @throws WorkerFault if a file cannot be read
 */
export async function textsOf(
  client: Pick<WorkerClient, 'lines'>,
  results: FileResults,
  lines: readonly number[],
  maximumLength: number,
): Promise<string[]> {
  const texts = await Promise.all(
    byFile(results, lines).map(([path, own]) => client.lines(path, own, maximumLength, results.outcome?.mark)),
  );
  return texts.flat();
}

/** As {@link textsOf}, with where the messages begin and when they were written. */
export async function headedTextsOf(
  client: Pick<WorkerClient, 'headedLines'>,
  results: FileResults,
  lines: readonly number[],
  maximumLength: number,
): Promise<ShownLine[]> {
  const parts = await Promise.all(
    byFile(results, lines).map(([path, own]) => client.headedLines(path, own, maximumLength, results.outcome?.mark)),
  );
  return parts.flatMap(({ texts, messageStarts, times }) =>
    texts.map((text, i) => ({ text, messageStart: messageStarts[i], time: times[i] })),
  );
}

/** A line of a log as it is shown. */
export interface ShownLine {
  text: string;
  /** Where its message begins in the text; 0 if no record begins there. */
  messageStart: number;
  /** When its record was written, in milliseconds since 1970; NaN if that is not known. */
  time: number;
}

/** Lines of a log by the paths of its files, as each file counts them. */
function byFile(results: FileResults, lines: readonly number[]): [path: string, lines: number[]][] {
  const files = new Map<string, number[]>();
  for (const line of lines) {
    const place = placeOf(results, line);
    const own = files.get(place.uri.fsPath);
    if (own === undefined) {
      files.set(place.uri.fsPath, [place.line]);
    } else {
      own.push(place.line);
    }
  }
  return [...files];
}
