import { CsvError, parse } from 'csv-parse/sync';
import type { Profile } from '../../core/model/profile';
import { InputError } from '../files/inputError';
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
 * @throws InputError if the file cannot be read, is no such CSV, or names an event twice
 */
export async function readTemplatesCsv(path: string): Promise<Profile['templates']> {
  const bytes = await readInput(await openInput(path), MAX_BYTES);
  let rows: TemplateRow[];
  try {
    rows = parse(bytes, { columns: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    throw error instanceof CsvError
      ? new InputError(`${path} is no valid CSV (${error.message}); give a CSV with the columns EventId,Template.`)
      : error;
  }
  const templates = rows.map((row, i) => {
    const template = row.Template ?? row.EventTemplate;
    if (!row.EventId || !template) {
      throw new InputError(`${path}, row ${i + 2}: EventId or Template is missing; give a CSV with both columns.`);
    }
    return { id: row.EventId, template };
  });
  if (templates.length === 0) {
    throw new InputError(`${path} holds no templates; give a CSV with the columns EventId,Template.`);
  }
  const ids = new Set<string>();
  const twice = templates.find(({ id }) => ids.size === ids.add(id).size);
  if (twice !== undefined) {
    throw new InputError(`${path} has two templates with the EventId ${twice.id}; keep one of them.`);
  }
  return templates;
}
