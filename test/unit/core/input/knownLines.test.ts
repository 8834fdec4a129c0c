import assert from 'node:assert/strict';
import { KnownLines } from '../../../../src/core/input/knownLines';
import { utf8 } from '../../../support/bytes';

const get = (known: KnownLines, line: string): string | undefined => known.get(utf8(line), 0, utf8(line).length);
const set = (known: KnownLines, line: string): void => known.set(utf8(line), 0, utf8(line).length, `of ${line}`);

describe('KnownLines', () => {
  it('knows a line by all its bytes, wherever it stands', () => {
    const known = new KnownLines();
    set(known, '\tat a.B.run(B.java:17)');
    assert.equal(get(known, '\tat a.B.run(B.java:17)'), 'of \tat a.B.run(B.java:17)');
    const bytes = utf8('xy\tat a.B.run(B.java:17)z');
    assert.equal(known.get(bytes, 2, bytes.length - 1), 'of \tat a.B.run(B.java:17)');
    for (const other of ['\tat a.B.run(B.java:18)', '\tat a.B.run(B.java:17', '\tat a.C.run(B.java:17)', '', '\t']) {
      assert.equal(get(known, other), undefined, other);
    }
  });

  it('forgets some of many lines and confuses none', () => {
    const known = new KnownLines();
    const lines = Array.from({ length: 30_000 }, (_, i) => `\tat a.B.run(B.java:${i})`);
    lines.forEach((line) => set(known, line));
    const found = lines.filter((line) => get(known, line) !== undefined);
    assert.ok(found.length > 4000 && found.length <= 8192, `${found.length}`);
    found.forEach((line) => assert.equal(get(known, line), `of ${line}`));
  });

  it('does not keep very long lines', () => {
    const known = new KnownLines();
    const line = `\tat ${'a'.repeat(600)}`;
    set(known, line);
    assert.equal(get(known, line), undefined);
  });
});
