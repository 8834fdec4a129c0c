import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NotTextError } from '../../../../src/core/input/byteDecoder';
import { FollowedText } from '../../../../src/core/input/followedText';
import { cut, places, utf8 } from '../../../support/bytes';

describe('FollowedText', () => {
  let taken: string;
  let text: FollowedText;

  beforeEach(() => {
    taken = '';
    text = new FollowedText((bytes) => (taken += Buffer.from(bytes).toString('utf8')));
  });

  function push(more: string): void {
    text.push(utf8(more));
    text.settle();
  }

  it('passes on what it is pushed, whatever the encoding and the pieces', () => {
    const expected = 'erste Zeile\r\nzweite über Ä\rdritte';
    for (const encoding of ['utf8', 'utf16le'] as const) {
      fc.assert(
        fc.property(places, (at) => {
          const [first, ...rest] = cut(Buffer.from(`\ufeff${expected}`, encoding), at);
          taken = '';
          text = new FollowedText((bytes) => (taken += Buffer.from(bytes).toString('latin1')));
          text.push(first);
          // The encoding shows only once the file has more than its byte order mark.
          if (first.length > 4) {
            text.settle();
          }
          rest.forEach((piece) => text.push(piece));
          text.endFile();
          assert.equal(taken, `${Buffer.from(expected).toString('latin1')}\n`);
        }),
        { seed: 3, numRuns: 50 },
      );
    }
  });

  it('ends a line that its writer leaves open, and leaves out its rest', () => {
    push('one\ntw');
    assert.equal(text.endLine(), true);
    assert.equal(text.endLine(), false);
    assert.equal(taken, 'one\ntw\n');
    push('o');
    push(' more\r');
    push('\nthree\n');
    assert.equal(text.endLine(), false);
    assert.equal(taken, 'one\ntw\nthree\n');
  });

  it('leaves a line alone that ends with CR, and makes CRLF of it at the end of the file', () => {
    push('one\r');
    assert.equal(text.endLine(), false);
    text.endFile();
    assert.equal(taken, 'one\r\n');
  });

  it('takes the text after a lone CR at the end of what is left out', () => {
    push('one');
    text.endLine();
    push(' more\rtwo\n');
    assert.equal(taken, 'one\ntwo\n');
  });

  it('settles nothing of an empty file, and refuses what is no text', () => {
    text.settle();
    text.push(Uint8Array.from({ length: 100 }, () => 1));
    assert.throws(() => text.settle(), NotTextError);
  });

  it('waits for what comes behind a hole, and for the next file if nothing does', () => {
    const hole = new Uint8Array(100_000);
    text.push(hole);
    text.settle();
    push('one\n');
    text.settle();
    assert.equal(taken, 'one\n');
    const empty = new FollowedText(() => assert.fail('nothing to take'));
    empty.push(hole);
    empty.endFile();
  });
});
