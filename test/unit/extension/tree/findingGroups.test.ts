import assert from 'node:assert/strict';
import { ShownFindings } from '../../../../src/extension/results/shownFindings';
import { findingGroups } from '../../../../src/extension/tree/findingGroups';
import { finding, results, uri } from '../fixtures';

describe('findings in groups', () => {
  const at = (time: string | null, fingerprint: string, score: number) =>
    finding([1], { time: time === null ? null : `2025-01-01T${time}`, fingerprint, score });
  const files = [
    results([at('08:00:05', 'a', 0.9), at('08:00:50', 'b', 0.8), at(null, 'a', 0.7)]),
    results([at('08:07:00', 'a', 0.95)], { uri: uri('/logs/b.log') }),
    results([], { uri: uri('/logs/c.log'), outcome: undefined, scanning: true }),
  ];
  const told = (grouping: 'cause' | 'time', shown = new ShownFindings()): [string, number[]][] =>
    findingGroups(grouping, files, shown).map(({ key, from, members }) => [
      from?.slice(11, 16) ?? key,
      members.map((member) => member.finding.score),
    ]);

  it('of one cause come from all files, the highest score first', () => {
    assert.deepEqual(told('cause'), [
      ['a', [0.95, 0.9, 0.7]],
      ['b', [0.8]],
    ]);
  });

  it('of one time are in the order of the clock, and those without time last', () => {
    assert.deepEqual(told('time'), [
      ['08:00', [0.9, 0.8]],
      ['08:07', [0.95]],
      ['timeless', [0.7]],
    ]);
  });

  it('have stretches as long as there would be too many', () => {
    const many = Array.from({ length: 200 }, (_, i) =>
      at(`${String(Math.floor(i / 60) + 1).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}:00`, String(i), 0.9),
    );
    const groups = findingGroups('time', [results(many)], new ShownFindings());
    assert.equal(groups.length, 20);
    assert.equal(groups[1].from, '2025-01-01T01:10:00.000Z');
  });

  it('hold only what is shown', () => {
    const shown = new ShownFindings();
    shown.filter = { strength: 'very-likely' };
    assert.deepEqual(told('cause', shown), [['a', [0.95, 0.9]]]);
  });
});
