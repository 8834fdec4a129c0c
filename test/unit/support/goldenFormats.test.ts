import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { goldenDifferences, goldenFile } from '../../support/goldenFormats';
import { temporaryFolder } from '../../support/temporaryFolder';

describe('the golden file of a log', () => {
  const at = temporaryFolder();
  const lines = Array.from(
    { length: 60 },
    (_, i) => `2020-01-02 03:04:${String(i).padStart(2, '0')} INFO app: secret ${i}`,
  );

  const changedAt = (place: number, text: string): string[] => lines.map((line, i) => (i === place ? text : line));

  function read(text: readonly string[]): ReturnType<typeof goldenFile> {
    writeFileSync(at('a.log'), `${text.join('\n')}\n`);
    return goldenFile('a.log', at('a.log'));
  }

  it('describes each of the first records, and holds no text of the log', () => {
    const golden = read(lines);
    assert.match(golden.first[1], /^2 info 2020-01-02T03:04:01\.000Z component .* content .* #[0-9a-f]{8}$/);
    assert.deepEqual([golden.first.length, Object.keys(golden.rest)], [40, ['41-60']]);
    assert.doesNotMatch(JSON.stringify(golden), /secret/);
  });

  it('says which record of which log differs, and how', () => {
    const expected = read(lines);
    assert.deepEqual(goldenDifferences(read(lines), expected), []);
    const changed = goldenDifferences(read(changedAt(2, lines[2].replace('INFO', 'WARN'))), expected);
    assert.equal(changed.length, 2);
    assert.match(changed[0], /^a\.log: levels are \{"info":59,"warn":1\}, expected \{"info":60\}$/);
    assert.match(changed[1], /^a\.log: record 3 is "3 warn .*", expected "3 info /);
    assert.match(goldenDifferences(read(changedAt(2, '  continued')), expected)[0], /records are 59, expected 60/);
    const later = goldenDifferences(read(changedAt(50, lines[50].replace('secret', 'public'))), expected);
    assert.equal(later.length, 1);
    assert.match(later[0], /^a\.log: records 41-60 have the checksum/);
  });
});
