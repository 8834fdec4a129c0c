import assert from 'node:assert/strict';
import { CATALOGUE } from '../../../../src/core/formats/catalogue';
import { Chronology } from '../../../../src/core/formats/chronology';
import { detectFormat } from '../../../../src/core/formats/detection';
import { EntryReader } from '../../../../src/core/formats/entryReader';
import { RecordHeader } from '../../../../src/core/formats/recordHeader';
import { utf8 } from '../../../support/bytes';
import { described } from './readLine';

describe('the catalogue of formats', () => {
  it('names each format once and has examples of all', () => {
    const names = CATALOGUE.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const { name, title, examples } of CATALOGUE) {
      assert.match(name, /^[a-z0-9-]+$/);
      assert.ok(title.length > 0 && examples.length > 0, name);
    }
  });

  for (const entry of CATALOGUE) {
    for (const example of entry.examples) {
      it(`reads ${entry.name}: ${example.line.slice(0, 60)}`, () => {
        const reader = new EntryReader(entry, new Chronology());
        const header = new RecordHeader();
        const bytes = utf8(example.line);
        const lineEnd = example.line.indexOf('\n');
        const firstEnd = lineEnd < 0 ? bytes.length : lineEnd;
        assert.ok(reader.match(bytes, 0, firstEnd, header));
        assert.equal(header.open, lineEnd >= 0);
        if (lineEnd >= 0) {
          assert.ok(reader.matchNext(bytes, lineEnd + 1, bytes.length, header));
        }
        const { format, content, level, time, component, source } = described(header, bytes);
        assert.deepEqual(
          { format, content, level, time, component, source },
          {
            format: entry.name,
            content: example.content,
            level: example.level ?? 'unknown',
            time: example.time ?? null,
            component: example.component ?? '',
            source: example.source ?? '',
          },
        );
      });

      it(`detects ${entry.name} in that line alone`, () => {
        const [line] = example.line.split('\n');
        assert.equal(detectFormat([utf8(line)]).formats[0]?.name, entry.name);
      });
    }
  }

  for (const line of [
    'Just some words.',
    'java.io.IOException: Connection reset',
    '    at com.example.App.main(App.java:5)',
    '{',
    'key: value',
    'a=b',
    '-----',
  ]) {
    it(`finds no format in ${JSON.stringify(line)}`, () => {
      assert.deepEqual(detectFormat([utf8(line)]).formats, []);
    });
  }
});
