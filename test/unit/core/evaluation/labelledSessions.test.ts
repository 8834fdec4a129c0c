import assert from 'node:assert/strict';
import { columnsByEventNumber, eventNumbers, labelledSessions } from '../../../../src/core/evaluation/labelledSessions';
import { grouped } from '../../../../src/core/scan/modelLog';
import { ModelLogScan } from '../../../../src/core/scan/modelLogScan';
import { frozenReading } from '../../../../src/core/scan/frozenReading';
import { TINY_PROFILE } from '../../../support/tinyBundle';

const LOG = `INFO open key_1
INFO ping key_1 key_2
INFO open key_2
INFO read key_1
INFO burn key_2
INFO close key_1
INFO open key_3
`;

function scan(text: string) {
  const scan = new ModelLogScan(frozenReading(TINY_PROFILE));
  scan.push(new TextEncoder().encode(text));
  return grouped(scan.finish());
}

describe('labelledSessions', () => {
  const labels = new Map([
    ['key_1', false],
    ['key_2', true],
    ['key_9', true],
  ]);
  const { table, unlabelled, absent } = labelledSessions(scan(LOG), labels, TINY_PROFILE);

  it('numbers events as a CSV does, leaves out what the network ignores and keeps unknown events', () => {
    assert.deepEqual(
      table.sequences.map((sequence) => [...sequence]),
      [
        [5, 7, 9],
        [5, 65_535],
      ],
    );
  });

  it('takes labels from the map and counts what has no counterpart', () => {
    assert.deepEqual(table.key, ['key_1', 'key_2']);
    assert.deepEqual([...table.label], [0, 1]);
    assert.deepEqual([unlabelled, absent], [1, 1]);
  });
});

describe('eventNumbers', () => {
  const templates = (ids: string[]) => ({ templates: ids.map((id) => ({ id, template: id })) });

  it('are the ids where all are numbers', () => {
    assert.deepEqual([...eventNumbers(templates(['5', '30', '2']))], [5, 30, 2]);
  });

  it('are places where an id is no number or too large', () => {
    assert.deepEqual([...eventNumbers(templates(['5', 'E30', '2']))], [0, 1, 2]);
    assert.deepEqual([...eventNumbers(templates(['5', '65535']))], [0, 1]);
  });
});

describe('columnsByEventNumber', () => {
  it('gives the column of each event the network looks at', () => {
    const columns = columnsByEventNumber({ ...TINY_PROFILE, vocabulary: ['9', '5'] });
    assert.deepEqual([...columns].sort(), [
      [5, 1],
      [9, 0],
    ]);
  });
});
