import assert from 'node:assert/strict';
import { ChosenFormats } from '../../../../src/extension/results/chosenFormats';
import { uri } from '../fixtures';

describe('ChosenFormats', () => {
  it('keeps a choice for each file in the memory of the workspace, and tells of it', async () => {
    const memory = new Map<string, unknown>();
    const store = {
      get: <T>(key: string) => memory.get(key) as T,
      update: async (key: string, value: unknown) => void memory.set(key, value),
    };
    const formats = new ChosenFormats(store);
    const told: string[] = [];
    formats.onDidChange(({ path }) => told.push(path));
    assert.equal(formats.get(uri('/a.log')), undefined);
    await formats.set(uri('/a.log'), 'hdfs');
    await formats.set(uri('/b.log'), '');
    assert.deepEqual(told, ['/a.log', '/b.log']);
    const later = new ChosenFormats(store);
    assert.deepEqual([later.get(uri('/a.log')), later.get(uri('/b.log'))], ['hdfs', '']);
  });
});
