import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AnsiCleaner } from '../../../../src/core/input/ansi';
import { text, utf8 } from '../../../support/bytes';

function clean(line: string): string {
  const cleaner = new AnsiCleaner();
  const bytes = utf8(`x${line}y`);
  cleaner.clean(bytes, 1, bytes.length - 1);
  return text(cleaner.bytes, cleaner.start, cleaner.end);
}

describe('AnsiCleaner', () => {
  for (const [line, cleaned] of [
    ['plain\ttext', 'plain\ttext'],
    ['\x1b[31;1mred\x1b[0m end', 'red end'],
    ['\x1b[2K\x1b[1Gweb', 'web'],
    ['\x1b[38;2;0;255;0mrgb', 'rgb'],
    ['\x1b]0;title\x07text', 'text'],
    ['\x1b]8;;http://x\x1b\\link', 'link'],
    ['\x1b(Btext\x1b=', 'text'],
    ['a\x08b\x00c\x7fd', 'abcd'],
    ['broken \x1b[31', 'broken '],
    ['broken \x1b', 'broken '],
    ['\x1b[31mgrün', 'grün'],
  ] as const) {
    it(`cleans ${JSON.stringify(line)}`, () => {
      assert.equal(clean(line), cleaned);
    });
  }

  it('knows where each byte comes from', () => {
    const cleaner = new AnsiCleaner();
    const part = fc.oneof(
      fc.constantFrom('\x1b[31m', '\x1b[0m', '\x1b[2K', '\x07'),
      fc.stringMatching(/^[a-z ]{1,5}$/),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const bytes = utf8(`..${parts.join('')}`);
        const changed = cleaner.clean(bytes, 2, bytes.length);
        assert.equal(changed, /[^ -~]/.test(parts.join('')));
        for (let place = cleaner.start; place < cleaner.end; place++) {
          assert.equal(bytes[cleaner.sourceOf(place)], cleaner.bytes[place]);
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
