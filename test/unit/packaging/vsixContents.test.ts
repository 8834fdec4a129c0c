import assert from 'node:assert/strict';
import { findContentFaults, nativeFilesOf, targets } from '../../../scripts/vsixContents.mjs';

/** A listing of a good package: what is required for the target, one byte each. */
function goodListing(target: string): { name: string; size: number }[] {
  return findContentFaults(target, [], 0).map((fault) => ({ name: fault.replace(/ is missing$/, ''), size: 1 }));
}

describe('findContentFaults', () => {
  for (const target of targets) {
    it(`accepts a complete listing for ${target}`, () => {
      assert.deepEqual(findContentFaults(target, goodListing(target), 1), []);
    });

    it(`wants the native files of ${target} and no others`, () => {
      const native = nativeFilesOf(target);
      const listed = goodListing(target).filter(({ name }) => /\.(node|dll|dylib|so\.1)$/.test(name));
      assert.deepEqual(
        listed.map(({ name }) => name.replace('extension/', '')),
        native,
      );
      assert.ok(native.some((name) => name.endsWith(`${target.replace('-', '/')}/onnxruntime_binding.node`)));
    });
  }

  it('names a missing, an empty and a needless entry, and too large a package', () => {
    const listing = goodListing('linux-x64').filter(({ name }) => !name.endsWith('cjs/package.json'));
    const model = listing.find(({ name }) => name.endsWith('model.onnx'));
    assert.ok(model);
    model.size = 0;
    listing.push({ name: 'extension/src/extension.ts', size: 1 });
    listing.push({ name: 'extension/node_modules/onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll', size: 1 });
    assert.deepEqual(findContentFaults('linux-x64', listing, 41e6), [
      'extension/models/hdfs/model.onnx is empty',
      'extension/node_modules/onnxruntime-common/dist/cjs/package.json is missing',
      'extension/src/extension.ts does not belong',
      'extension/node_modules/onnxruntime-node/bin/napi-v6/win32/x64/onnxruntime.dll does not belong',
      'it has 41000000 bytes, more than 40000000',
    ]);
  });
});
