import type { Profile } from '../model/profile';
import { FNV_BASIS, fnvStep } from '../numeric/hash';
import { ESCAPED_BYTES, escapeCell } from './cell';

/** The cell of a record whose message has no template; an event that is called so is written as `\x3f`. */
export const UNKNOWN_NAME = '?';

/** How a model's events are written in rows: by name, since numbers of another model would pass unnoticed. */
export interface EventNames {
  /** The cell of each template's event. */
  cells: readonly Uint8Array[];
  /** Eight hexadecimal digits that tell models apart which read logs differently. */
  fingerprint: string;
}

/** The names of a model's events, and its fingerprint: a hash of its format and templates. */
export function eventNames({ format, matching, templates }: Profile): EventNames {
  return {
    cells: templates.map(({ id }) => nameCell(id)),
    fingerprint: fingerprintOf(JSON.stringify([format.header, format.time, matching, templates])),
  };
}

function nameCell(id: string): Uint8Array {
  const encoder = new TextEncoder();
  if (id === UNKNOWN_NAME) {
    return encoder.encode('\\x3f');
  }
  const bytes = encoder.encode(id);
  const cell = new Uint8Array(ESCAPED_BYTES * bytes.length);
  return cell.slice(0, escapeCell(bytes, 0, bytes.length, cell, 0));
}

/** FNV-1a with 32 bits. */
function fingerprintOf(text: string): string {
  let hash = FNV_BASIS;
  for (const byte of new TextEncoder().encode(text)) {
    hash = fnvStep(hash, byte);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
