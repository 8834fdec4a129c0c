import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

/** Compares a text with a file that holds it; UPDATE_GOLDEN=1 writes the file anew. */
export function assertGolden(path: string, text: string): void {
  if (process.env.UPDATE_GOLDEN === '1') {
    writeFileSync(path, text);
  }
  assert.equal(readFileSync(path, 'utf8'), text, `${path} is not what the sources say; UPDATE_GOLDEN=1 writes it anew`);
}

/** The same for a part of a file, between the comments `<!-- name -->` and `<!-- /name -->`. */
export function assertGoldenPart(path: string, name: string, text: string): void {
  const content = readFileSync(path, 'utf8');
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const start = content.indexOf(begin) + begin.length;
  assert.ok(content.includes(begin) && content.indexOf(end) >= start, `${path} has no part ${name}`);
  assertGolden(path, content.slice(0, start) + text + content.slice(content.indexOf(end)));
}
