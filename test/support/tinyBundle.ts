import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageSize } from '../../src/core/features/blockImage';
import { forwardGraph, parameterCount } from '../../src/core/model/logCnn';
import type { Profile } from '../../src/core/model/profile';
import { networkHash } from '../../src/node/models/modelBundle';

/** Profile of a model for records such as `INFO read key_1`; its network does not look at `ping`. */
export const TINY_PROFILE: Profile = {
  version: 1,
  name: 'tiny',
  networkSha256: '0'.repeat(64),
  format: { header: '<Level> <Content>' },
  sessionKey: String.raw`key_\d+`,
  matching: 'wildcard',
  templates: [
    { id: '5', template: 'open <*>' },
    { id: '7', template: 'read <*>' },
    { id: '9', template: 'close <*>' },
    { id: '11', template: 'write <*>' },
    { id: '12', template: 'move <*>' },
    { id: '30', template: 'ping <*>' },
  ],
  vocabulary: ['5', '7', '9', '11', '12'],
  features: { window: 2, maximumLength: 7, rows: 6, countRows: 0, idf: [1, 1, 1, 1, 1] },
  usual: { normalShare: [1, 1, 1, 0, 0], anomalousShare: [1, 0, 0, 0, 0], normalMaximum: [1, 4, 1, 0, 0] },
  threshold: 0.5,
  training: {},
};

/**
 * Writes a bundle whose network has only zeros for weights: it scores every block that has events 0.5, so that all of
 * its figures can be worked out by hand.
 * @param profile what differs from {@link TINY_PROFILE}
 */
export function writeTinyBundle(folder: string, profile: Partial<Profile> = {}): void {
  const whole = { ...TINY_PROFILE, ...profile };
  const shape = { ...imageSize(whole.features), classes: 2 };
  const network = forwardGraph(shape, new Float32Array(parameterCount(shape)));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'profile.json'), JSON.stringify({ ...whole, networkSha256: networkHash(network) }));
  writeFileSync(join(folder, 'model.onnx'), network);
}
