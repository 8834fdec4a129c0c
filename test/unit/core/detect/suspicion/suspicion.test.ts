import assert from 'node:assert/strict';
import { Suspicion } from '../../../../../src/core/detect/suspicion/suspicion';
import type { EventLog, Severity } from '../../../../../src/core/events/eventLog';
import { streamOf } from '../unsupervised/logs';

const templates: Record<string, string | [Severity, string]> = {
  a: 'reading a part',
  b: 'writing a part',
  c: 'closing the file',
  d: 'opening the file',
  g: 'starting the next round',
  e: ['error', 'error: cannot write the file, disk failure'],
  f: ['error', 'error: cannot close the file, device lost'],
};
const highest = (scores: Float64Array): number => scores.indexOf(Math.max(...scores));
const quiet = (length: number): Float64Array => new Float64Array(length).fill(-2);
const console = (events: string): EventLog => ({ ...streamOf(events, templates, 20), kind: 'console' });

describe('Suspicion', () => {
  const events = `${'dabcg'.repeat(20)}e${'dabcg'.repeat(20)}f${'dabcg'.repeat(20)}`;

  it('has the rare grave records of a stream above its cut, and the usual ones below', () => {
    const { entries } = new Suspicion(streamOf(events, templates, 20), { margins: quiet(events.length) });
    Array.from(events, (event, entry) => assert.equal(entries[entry] >= 0, 'ef'.includes(event), `${event} ${entry}`));
  });

  it('finds what is remarkable though it says nothing grave, below what does', () => {
    const margins = quiet(events.length);
    margins[30] = 0.5;
    const { entries } = new Suspicion(streamOf(events, templates, 20), { margins });
    assert.ok(entries[30] > 0 && entries[30] < entries[events.indexOf('e')]);
  });

  it('prefers of equal lines of a run the one before what says that something failed, by a bounded amount', () => {
    const events = `e${'dabcg'.repeat(40)}e${'dabcg'.repeat(4)}e${'dabcg'.repeat(4)}`;
    const failures = Uint32Array.of(204);
    const run = { ...console(events), outcomes: { last: 'failed' as const, failures } };
    assert.equal(highest(new Suspicion(run).entries), 201);
    const end = new Suspicion(console('d'.repeat(100_000))).entries;
    assert.ok(end[99_999] - end[0] <= 5);
  });

  it('finds something in any run that says that it failed, and less in one that says that it succeeded', () => {
    const lines = { ...templates, e: 'the disk has no such file' };
    const run = { ...streamOf(events, lines, 20), kind: 'console' as const };
    const countOf = (last: 'failed' | 'succeeded' | undefined): number =>
      new Suspicion({ ...run, outcomes: { last, failures: new Uint32Array(0) } }).entries.filter((score) => score >= 0)
        .length;
    const quietRun = {
      ...console('dabcg'.repeat(20)),
      outcomes: { last: 'failed' as const, failures: Uint32Array.of(99) },
    };
    assert.ok(new Suspicion(quietRun).entries.some((score) => score >= 0));
    assert.ok(countOf('failed') >= countOf(undefined) && countOf(undefined) >= countOf('succeeded'));
    assert.equal(countOf('succeeded'), 0);
  });

  it('finds few of the lines of a run in which all are alike grave', () => {
    const grave = Object.fromEntries(
      Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => [letter, `error: ${letter}${letter}${letter} failed`]),
    );
    const run = { ...streamOf(Object.keys(grave).join(''), grave, 20), kind: 'console' as const };
    const found = new Suspicion(run).entries.filter((score) => score >= 0).length;
    assert.ok(found <= 25 / 2, String(found));
  });

  it('scores what comes later as if it stood in the log', () => {
    const log = streamOf(events, templates, 20);
    const suspicion = new Suspicion(log, { margins: quiet(events.length) });
    const at = events.indexOf('f');
    const event = log.events[at];
    assert.equal(suspicion.ofLater(event, log.templates[event], -2), suspicion.entries[at]);
    const later = { text: 'fatal error: out of memory', severity: 'error' as const };
    assert.ok(suspicion.ofLater(log.templates.length, later, -2) < suspicion.entries[at] + 3);
    assert.ok(suspicion.ofLater(log.templates.length + 1, { text: 'reading on', severity: 'normal' }, -2) < 0);
  });

  it('copes with a log without records', () => {
    const suspicion = new Suspicion(streamOf('', templates, 20));
    assert.equal(suspicion.entries.length, 0);
    assert.ok(Number.isFinite(suspicion.ofLater(0, { text: 'error: lost', severity: 'error' }, 1)));
  });
});
