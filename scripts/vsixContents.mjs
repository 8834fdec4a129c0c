// What a packaged extension holds, and whether that is what it should hold.
import { openPromise } from 'yauzl';

const runtime = 'extension/node_modules/onnxruntime-node/bin/napi-v6';

/**
 * The native files of ONNX Runtime for each platform that gets a package.
 *
 * @type {Record<string, string[]>}
 */
const nativeFiles = {
  'linux-x64': ['linux/x64/libonnxruntime.so.1', 'linux/x64/onnxruntime_binding.node'],
  'linux-arm64': ['linux/arm64/libonnxruntime.so.1', 'linux/arm64/onnxruntime_binding.node'],
  // DirectML, dxcompiler and dxil are for graphics processors, which LogCNN does not use: loaded on demand only.
  'win32-x64': ['win32/x64/onnxruntime.dll', 'win32/x64/onnxruntime_binding.node'],
  'win32-arm64': ['win32/arm64/onnxruntime.dll', 'win32/arm64/onnxruntime_binding.node'],
  // The binding links this one; the package carries the same library once more under its full version.
  'darwin-arm64': ['darwin/arm64/libonnxruntime.1.dylib', 'darwin/arm64/onnxruntime_binding.node'],
};

/** The platforms that ONNX Runtime has binaries for. */
export const targets = Object.keys(nativeFiles);

const required = [
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/dist/extension.js',
  'extension/dist/scan-worker.js',
  'extension/dist/slice-scanner.js',
  'extension/dist/ThirdPartyNotices.txt',
  'extension/models/hdfs/model.onnx',
  'extension/models/hdfs/profile.json',
  'extension/models/hdfs/README.md',
  'extension/schemas/logcnn.config.schema.json',
  'extension/node_modules/onnxruntime-node/package.json',
  'extension/node_modules/onnxruntime-node/dist/index.js',
  'extension/node_modules/onnxruntime-common/package.json',
  'extension/node_modules/onnxruntime-common/dist/cjs/index.js',
  // Without this the ES module marker of the package above makes its CommonJS files unreadable.
  'extension/node_modules/onnxruntime-common/dist/cjs/package.json',
];

const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\/package\.nls(\.[a-z-]+)?\.json$/,
  /^extension\/l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^extension\/media\/(?!screenshot|icon\.svg)[\w./-]+\.(svg|png)$/,
  /^extension\/models\/[a-z0-9-]+\/(model\.onnx(\.sha256)?|profile\.json|README\.md)$/,
  /^extension\/node_modules\/onnxruntime-(common\/dist\/cjs|node\/dist)\/[\w-]+\.js$/,
];

/** Bytes that a package may have at most; the largest, for Linux on x64, has about 20 MB. */
const maximumSize = 40e6;

/**
 * The native files for a platform, as patterns for .vscodeignore.
 *
 * @param {string} target
 * @returns {string[]}
 */
export function nativeFilesOf(target) {
  return nativeFiles[target].map((file) => `node_modules/onnxruntime-node/bin/napi-v6/${file}`);
}

/**
 * Everything that is wrong with the contents of a package; nothing if it is good.
 *
 * @param {string} target
 * @param {{ name: string, size: number }[]} entries
 * @param {number} packageSize bytes of the whole package
 * @returns {string[]}
 */
export function findContentFaults(target, entries, packageSize) {
  const needed = new Set([...required, ...nativeFiles[target].map((file) => `${runtime}/${file}`)]);
  const sizes = new Map(entries.map(({ name, size }) => [name, size]));
  const faults = [];
  for (const name of needed) {
    const size = sizes.get(name);
    if (size === undefined) faults.push(`${name} is missing`);
    else if (size === 0) faults.push(`${name} is empty`);
  }
  for (const { name } of entries) {
    if (!needed.has(name) && !allowed.some((pattern) => pattern.test(name))) faults.push(`${name} does not belong`);
  }
  if (packageSize > maximumSize) faults.push(`it has ${packageSize} bytes, more than ${maximumSize}`);
  return faults;
}

/**
 * Names and uncompressed sizes of the files in a zip archive.
 *
 * @param {string} file
 * @returns {Promise<{ name: string, size: number }[]>}
 */
export async function listZip(file) {
  const zip = await openPromise(file, { lazyEntries: true });
  const entries = [];
  for await (const { fileName, uncompressedSize } of zip.eachEntry()) {
    if (!fileName.endsWith('/')) entries.push({ name: fileName, size: uncompressedSize });
  }
  return entries;
}
