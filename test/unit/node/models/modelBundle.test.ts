import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { UserError } from '../../../../src/core/errors/userError';
import { Random } from '../../../../src/core/numeric/random';
import {
  bundleVersion,
  networkHash,
  readBundleProfile,
  readModelBundle,
} from '../../../../src/node/models/modelBundle';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { writeTinyBundle } from '../../../support/tinyBundle';

describe('readModelBundle', () => {
  const at = temporaryFolder();
  const network = (): Buffer => readFileSync(at('b', 'model.onnx'));
  const refuses = async (message: RegExp, path = at('b')): Promise<void> => {
    await assert.rejects(readModelBundle(path), (error) => {
      assert.ok(error instanceof UserError, String(error));
      assert.match(error.message, message);
      assert.match(error.message, /^[^\n]+; [^\n]+\.$/);
      return true;
    });
  };

  /** A network of its own, by the name of its producer. */
  const otherNetwork = (name: string): Buffer => {
    const onnx = network();
    onnx.write(name.padEnd(6), onnx.indexOf('logcnn'));
    return onnx;
  };
  const profileFor = (onnx: Uint8Array): string =>
    readFileSync(at('b', 'profile.json'), 'utf8').replace(/[0-9a-f]{64}/, networkHash(onnx));

  beforeEach(() => writeTinyBundle(at('b')));

  it('reads network and profile, by the folder and by the network', async () => {
    for (const path of [at('b'), at('b', 'model.onnx')]) {
      const { profile, onnx, onnxPath } = await readModelBundle(path);
      assert.equal(profile.networkSha256, networkHash(onnx));
      assert.deepEqual(Buffer.from(onnx), network());
      assert.equal(onnxPath, at('b', 'model.onnx'));
    }
  });

  it('takes the bundled model for what it is', async () => {
    const { profile } = await readModelBundle('models/hdfs');
    assert.equal(profile.name, 'hdfs');
    const text = readFileSync('models/hdfs/profile.json', 'utf8');
    assert.equal(text, `${JSON.stringify(profile, null, 2)}\n`, 'as train-model writes it');
  });

  it('refuses a network of which any bit is another', async () => {
    const whole = network();
    const random = new Random(1);
    for (let i = 0; i < 200; i++) {
      const flipped = Buffer.from(whole);
      flipped[random.below(whole.length)] ^= 1 << random.below(8);
      writeFileSync(at('b', 'model.onnx'), flipped);
      await refuses(/model\.onnx is not a model that .*profile\.json was written for/);
    }
  });

  it('refuses a network that is cut off', async () => {
    truncateSync(at('b', 'model.onnx'), 1000);
    await refuses(/is not a model that/);
    truncateSync(at('b', 'model.onnx'), 0);
    await refuses(/model\.onnx is empty/);
  });

  it('names the remedy for who exchanged the network knowingly, which is one', async () => {
    writeFileSync(at('b', 'model.onnx'), otherNetwork('mine'));
    let message = '';
    await readModelBundle(at('b', 'model.onnx')).catch((error: Error) => ({ message } = error));
    const [, hash] = /set "networkSha256" in the profile to "([0-9a-f]{64})"/.exec(message) ?? [];
    assert.equal(hash, networkHash(network()));
    const profile = JSON.parse(readFileSync(at('b', 'profile.json'), 'utf8')) as object;
    writeFileSync(at('b', 'profile.json'), JSON.stringify({ ...profile, networkSha256: hash }));
    await readModelBundle(at('b', 'model.onnx'));
  });

  it('refuses a profile that names no network, and says how to name it', async () => {
    const { networkSha256: _, ...profile } = JSON.parse(readFileSync(at('b', 'profile.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    writeFileSync(at('b', 'profile.json'), JSON.stringify(profile));
    await refuses(/does not name its network \(field networkSha256.*add the SHA-256 of model\.onnx/);
  });

  it('refuses files that are too large, and what is no file, unread', async () => {
    for (const [file, size] of [
      ['model.onnx', 2 ** 40],
      ['profile.json', 2 ** 36],
    ] as const) {
      writeTinyBundle(at('b'));
      truncateSync(at('b', file), size);
      await refuses(new RegExp(`${file} has more than [\\d,]+ bytes`));
    }
    rmSync(at('b', 'model.onnx'));
    mkdirSync(at('b', 'model.onnx'));
    await refuses(/model\.onnx is a folder/);
    rmSync(at('b'), { recursive: true });
    await refuses(/does not exist/);
  });

  it('refuses the halves of two bundles, as a crash between the two files leaves them, in either order', async () => {
    mkdirSync(at('new'));
    writeFileSync(at('new', 'model.onnx'), otherNetwork('new'));
    writeFileSync(at('new', 'profile.json'), profileFor(otherNetwork('new')));
    await readModelBundle(at('new'));
    for (const file of ['model.onnx', 'profile.json']) {
      writeTinyBundle(at('b'));
      cpSync(at('new', file), at('b', file));
      await refuses(/is not a model that/);
    }
  });

  it('never takes the halves of two bundles for one while they are replaced', async () => {
    const versions = ['one', 'two'].map((name) => ({
      onnx: otherNetwork(name),
      profile: profileFor(otherNetwork(name)),
    }));
    const replace = (file: string, content: Uint8Array | string): void => {
      writeFileSync(at('b', `${file}.tmp`), content);
      renameSync(at('b', `${file}.tmp`), at('b', file));
    };
    let read = 0;
    for (let i = 0; i < 200; i++) {
      const reading = readModelBundle(at('b')).then(
        ({ profile, onnx }) => {
          assert.equal(profile.networkSha256, networkHash(onnx));
          read++;
        },
        (error: unknown) => assert.ok(error instanceof UserError && / is not a model that /.test(error.message)),
      );
      const { onnx, profile } = versions[i % 2];
      replace('model.onnx', onnx);
      // Lets the reading go on by a few steps, each time by another number of them.
      for (let turn = 0; turn < i % 7; turn++) {
        await new Promise(setImmediate);
      }
      replace('profile.json', profile);
      await reading;
    }
    assert.ok(read > 0);
  });

  it('reads a profile alone where the network does not matter', async () => {
    rmSync(at('b', 'model.onnx'));
    assert.equal((await readBundleProfile(at('b'))).name, 'tiny');
  });
});

describe('bundleVersion', () => {
  const at = temporaryFolder();

  it('is another when a file was exchanged for one of the same size and time', async () => {
    writeTinyBundle(at('b'));
    utimesSync(at('b', 'model.onnx'), 1000, 1000);
    const before = await bundleVersion(at('b'));
    assert.equal(await bundleVersion(at('b')), before);
    cpSync(at('b', 'model.onnx'), at('other'));
    utimesSync(at('other'), 1000, 1000);
    renameSync(at('other'), at('b', 'model.onnx'));
    assert.notEqual(await bundleVersion(at('b')), before);
  });
});
