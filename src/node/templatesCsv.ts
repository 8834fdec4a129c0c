import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Profile } from '../core/model/profile';
import { fileError, InputError } from './inputError';

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
  let rows: TemplateRow[];
  try {
    rows = parse(await readFile(path), { columns: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (error instanceof Error && code.startsWith('CSV_')) {
      throw new InputError(`${path} is no valid CSV (${error.message}); give a CSV with the columns EventId,Template.`);
    }
    throw fileError(error, path);
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
  const twice = templates.find(({ id }, i) => templates.findIndex((other) => other.id === id) < i);
  if (twice !== undefined) {
    throw new InputError(`${path} has two templates with the EventId ${twice.id}; keep one of them.`);
  }
  return templates;
}
