import assert from 'node:assert/strict';
import { RecordTexts } from '../../../../src/core/findings/recordText';
import { previewOf } from '../../../../src/core/records/logPreview';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Gives the text of the record that the lines begin with, in a log of many such lines. */
function textOf(lines: readonly string[], ordinary = lines[0]): string {
  const beginning = utf8(`${Array.from({ length: 40 }, () => ordinary).join('\n')}\n`);
  return new RecordTexts({ preview: previewOf(beginning) }).textOf(lines.map(utf8));
}

describe('the text of a record', () => {
  const SPRING =
    '2024-05-13T06:32:55.470+00:00 ERROR 4711 --- [shop] [nio-8080-exec-6] o.e.shop.PaymentClient : Payment of order 200 failed';

  const CASES: [what: string, lines: string[], text: string][] = [
    ['has no header', [SPRING], 'Payment of order 200 failed'],
    [
      'has the last cause of its trace beside it, without package',
      [
        SPRING,
        'java.lang.IllegalStateException: no answer',
        '\tat o.e.shop.PaymentClient.pay(PaymentClient.java:20)',
        'Caused by: java.io.IOException: gone',
        '\tat o.e.shop.Net.send(Net.java:3)',
        'Caused by: java.net.SocketTimeoutException: Read timed out',
        '\t... 12 more',
      ],
      'Payment of order 200 failed ← SocketTimeoutException: Read timed out',
    ],
    [
      'has the exception where that has no cause',
      [SPRING, 'java.lang.IllegalStateException: no answer', '\tat o.e.shop.PaymentClient.pay(PaymentClient.java:20)'],
      'Payment of order 200 failed ← IllegalStateException: no answer',
    ],
    [
      'takes nothing of the record after it',
      [SPRING, SPRING, 'java.lang.IllegalStateException: no answer'],
      'Payment of order 200 failed',
    ],
    [
      'has the exception that a Python trace ends with',
      [
        '2024-05-13 06:36:07,953 ERROR job 17 raised',
        'Traceback (most recent call last):',
        '  File "/app/worker.py", line 12, in run',
        '    store(job)',
        'psycopg2.OperationalError: server closed the connection',
      ],
      'job 17 raised ← OperationalError: server closed the connection',
    ],
    [
      'has no escape sequences and control characters',
      ['2024-05-13 06:36:07,953 ERROR \x1b[31mdisk\x1b[0m is\tfull\u202e'],
      'disk is full',
    ],
    [
      'is the message of a JSON line, without its escapes',
      ['{"level":50,"time":1715581878976,"pid":1,"hostname":"a","msg":"cannot read \\"a\\"\\u0021"}'],
      'cannot read "a"!',
    ],
  ];
  for (const [what, lines, text] of CASES) {
    it(what, () => assert.equal(textOf(lines), text));
  }

  it('is no raw JSON where a line has no message', () => {
    assert.equal(textOf(['{"state":"gone","code":7,"inner":{"a":1}}'], SPRING), 'state: gone, code: 7');
  });

  it('is bounded, with room for the cause', () => {
    const long = `${SPRING} ${'x'.repeat(300)}`;
    assert.equal(textOf([long]).length, 120);
    const text = textOf([long, `java.lang.IllegalStateException: ${'y'.repeat(300)}`]);
    assert.equal(text.length, 120);
    assert.match(text, /^Payment of order 200 failed x+… ← IllegalStateException: y+…$/);
  });

  it('of one record does not depend on those before it', () => {
    const texts = new RecordTexts({ preview: previewOf(utf8(`${SPRING}\n`.repeat(40))) });
    assert.equal(
      texts.textOf([utf8(SPRING), utf8('java.io.IOException: gone')]),
      'Payment of order 200 failed ← IOException: gone',
    );
    assert.equal(texts.textOf([utf8('no header at all')]), 'no header at all');
    assert.equal(texts.textOf([utf8('')]), '');
    assert.equal(texts.textOf([utf8(SPRING)]), 'Payment of order 200 failed');
  });
});
