import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../../core/errors/userError';
import type { Profile } from '../../core/model/profile';
import { openInput } from '../files/openInput';
import { readInput } from '../files/readInput';

/** Ten times what the most templates of a model have. */
const MAX_BYTES = 1 << 26;

interface TemplateRow {
  EventId?: string;
  Template?: string;
  EventTemplate?: string;
}

/**
 * Reads event templates: a CSV with the columns `EventId` and `Template` (or `EventTemplate`, as the LogPAI tools call
 * it), `<*>` standing for the variable parts.
 * @throws UserError if the file cannot be read, is no such CSV, or names an event twice
 */
export async function readTemplatesCsv(path: string): Promise<Profile['templates']> {
  const bytes = await readInput(await openInput(path), MAX_BYTES);
  let rows: TemplateRow[];
  try {
    rows = parse(bytes, { columns: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    throw error instanceof CsvError ? new UserError('templates-no-csv', { path, why: error.message }) : error;
  }
  const templates = rows.map((row, i) => {
    const template = row.Template ?? row.EventTemplate;
    if (!row.EventId || !template) {
      throw new UserError('templates-value-missing', { path, row: i + 2 });
    }
    return { id: row.EventId, template };
  });
  if (templates.length === 0) {
    throw new UserError('templates-empty', { path });
  }
  const ids = new Set<string>();
  const twice = templates.find(({ id }) => ids.size === ids.add(id).size);
  if (twice !== undefined) {
    throw new UserError('templates-event-twice', { path, event: twice.id });
  }
  return templates;
}
