import assert from 'node:assert/strict';
import { OutcomeLines } from '../../../../src/core/scan/outcomeLines';

const encoder = new TextEncoder();

/** Takes lines whose form is what is left without digits. */
function outcomesOf(texts: readonly string[]): OutcomeLines {
  const outcomes = new OutcomeLines();
  const forms: string[] = [];
  texts.forEach((text, i) => {
    const bytes = encoder.encode(`> ${text}`);
    const form = text.replace(/\d+/g, '#');
    const number = forms.includes(form) ? forms.indexOf(form) : forms.push(form) - 1;
    outcomes.take(number, bytes, 2, bytes.length, i + 1);
  });
  return outcomes;
}

describe('OutcomeLines', () => {
  const outcomes = outcomesOf(['make', 'command exited with 0', 'command exited with 2', 'cleaning', 'Found 1 errors']);

  it('tells what failed by the numbers of lines of one form, and what is said last', () => {
    const { failures, last } = outcomes.among(Uint32Array.of(1, 2, 3, 4, 5));
    assert.deepEqual([...failures], [2, 4]);
    assert.equal(last, 'failed');
  });

  it('leaves out lines of which no entry was kept', () => {
    assert.deepEqual([...outcomes.among(Uint32Array.of(1, 5)).failures], [1]);
  });

  it('forgets what a file said', () => {
    outcomes.forget();
    assert.deepEqual(outcomes.among(Uint32Array.of(3)), { failures: new Uint32Array(0), last: undefined });
  });
});
