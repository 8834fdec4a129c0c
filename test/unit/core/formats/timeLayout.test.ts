import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors/userError';
import { isoTime, TimeLayout } from '../../../../src/core/formats/timeLayout';
import { utf8 } from '../../../support/bytes';

function parse(layout: string, content: string): string | null {
  const bytes = utf8(content);
  return isoTime(new TimeLayout(layout).parse(bytes, 0, bytes.length));
}

describe('TimeLayout', () => {
  for (const [layout, content, expected] of [
    ['yyMMdd HHmmss', '081109 203530 147', '2008-11-09T20:35:30'],
    ['yyyy-MM-dd HH:mm:ss', '2024-02-29 00:00:59', '2024-02-29T00:00:59'],
    ['yyMMdd HHmmss', '081309 203530', null],
    ['yyMMdd HHmmss', '081109 253530', null],
    ['yyMMdd HHmmss', '081109T203530', null],
    ['yyMMdd HHmmss', '08110', null],
  ] as const) {
    it(`reads ${content} as ${layout}`, () => {
      assert.equal(parse(layout, content), expected);
    });
  }

  it('refuses a layout without a date', () => {
    assert.throws(() => new TimeLayout('HHmmss'), UserError);
  });
});
