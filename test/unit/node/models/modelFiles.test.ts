import assert from 'node:assert/strict';
import { join } from 'node:path';
import { modelFiles, possibleModelFiles } from '../../../../src/node/models/modelFiles';

describe('modelFiles', () => {
  it('are the network and the profile, of a folder or beside the network', () => {
    const files = [join('my', 'model', 'model.onnx'), join('my', 'model', 'profile.json')];
    assert.deepEqual(modelFiles(join('my', 'model')), files);
    assert.deepEqual(modelFiles(files[0]), files);
  });

  it('are those of all bundled models where none is named', async () => {
    const files = await possibleModelFiles(undefined, 'models');
    for (const file of ['hdfs/model.onnx', 'hdfs/profile.json']) {
      assert.ok(files.includes(join('models', file)), file);
    }
    assert.deepEqual(await possibleModelFiles('mine.onnx', 'models'), ['mine.onnx', 'profile.json']);
  });
});
