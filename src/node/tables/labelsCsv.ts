import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { UserError } from '../../core/errors/userError';
import { openInput } from '../files/openInput';
import { limitedChunks } from '../files/readInput';

/** Enough for ten million labels; and for one row, which would else grow without a line end. */
const MAX_BYTES = 1 << 29;
const MAX_ROW_BYTES = 1 << 16;

/** The columns of a file of labels; others are ignored. */
interface LabelRow {
  BlockId?: string;
  Label?: string;
}

/**
 * Reads the labels of a log's blocks: a CSV with the columns `BlockId` and `Label`, the latter `Normal` or `Anomaly`,
 * with or without byte-order mark, LF or CRLF.
 * @returns session key → whether it is anomalous
 * @throws UserError if the file cannot be read, a column is missing, a label is neither of the two, a key is empty or
 * has two different labels, or there is no label at all
 */
export async function readLabels(path: string): Promise<Map<string, boolean>> {
  const labels = new Map<string, boolean>();
  const parser = parse({
    columns: true,
    bom: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
    max_record_size: MAX_ROW_BYTES,
  });
  // A fault of the file destroys the parser with it, so both kinds come out of the loop below.
  pipeline(limitedChunks(await openInput(path), MAX_BYTES), parser, () => undefined);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: LabelRow; info: { lines: number } }>) {
      addLabel(labels, record, `${path}, line ${info.lines}`);
    }
  } catch (error) {
    throw error instanceof CsvError ? new UserError('labels-no-csv', { path, why: error.message }) : error;
  }
  if (labels.size === 0) {
    throw new UserError('labels-empty', { path });
  }
  return labels;
}

function addLabel(labels: Map<string, boolean>, { BlockId: key, Label: label }: LabelRow, place: string): void {
  if (key === undefined || label === undefined) {
    throw new UserError('labels-column-missing', { place });
  }
  if (key === '' || (label !== 'Normal' && label !== 'Anomaly')) {
    throw new UserError('labels-value', { place, block: key, label });
  }
  const anomalous = label === 'Anomaly';
  if (labels.get(key) === !anomalous) {
    throw new UserError('labels-contradiction', { place, block: key });
  }
  labels.set(key, anomalous);
}
