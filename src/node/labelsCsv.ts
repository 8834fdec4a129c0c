import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { fileError, InputError } from './inputError';

/** The columns of a file of labels; others are ignored. */
interface LabelRow {
  BlockId?: string;
  Label?: string;
}

/**
 * Reads the labels of a log's blocks: a CSV with the columns `BlockId` and `Label`, the latter `Normal` or `Anomaly`,
 * with or without byte-order mark, LF or CRLF.
 * @returns session key → whether it is anomalous
 * @throws InputError if the file cannot be read, a column is missing, a label is neither of the two, a key is empty or
 * has two different labels, or there is no label at all
 */
export async function readLabels(path: string): Promise<Map<string, boolean>> {
  const labels = new Map<string, boolean>();
  const parser = parse({ columns: true, bom: true, skip_empty_lines: true, trim: true, info: true });
  const file = createReadStream(path);
  file.on('error', (error) => parser.destroy(error));
  file.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: LabelRow; info: { lines: number } }>) {
      addLabel(labels, record, `${path}, line ${info.lines}`);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (error instanceof Error && code.startsWith('CSV_')) {
      throw new InputError(`${path} is no valid CSV (${error.message}); give a CSV with the columns BlockId,Label.`);
    }
    throw fileError(error, path);
  } finally {
    file.destroy();
  }
  if (labels.size === 0) {
    throw new InputError(`${path} holds no labels; give a CSV with the columns BlockId,Label.`);
  }
  return labels;
}

function addLabel(labels: Map<string, boolean>, { BlockId: key, Label: label }: LabelRow, place: string): void {
  if (key === undefined || label === undefined) {
    throw new InputError(`${place}: the columns BlockId and Label are needed; give a CSV with both.`);
  }
  if (key === '' || (label !== 'Normal' && label !== 'Anomaly')) {
    throw new InputError(
      `${place}: block "${key}" has the label "${label}"; give every row a block and the label Normal or Anomaly.`,
    );
  }
  const anomalous = label === 'Anomaly';
  if (labels.get(key) === !anomalous) {
    throw new InputError(`${place}: block ${key} was labelled otherwise before; keep one of the labels.`);
  }
  labels.set(key, anomalous);
}
