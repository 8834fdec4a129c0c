import { createHash } from 'node:crypto';
import { imageSize } from '../../src/core/features/blockImage';
import { forwardGraph, parameterCount } from '../../src/core/model/logCnn';
import { loadModel } from '../../src/node/models/loadedModel';
import { TINY_PROFILE } from '../../test/support/tinyBundle';
import { demand } from '../fault';
import { flipped, HOSTILE_NETWORKS } from '../files/networks';
import { spoiltJson } from '../files/jsonFile';
import type { CaseEnd, FuzzCase, Place } from '../fuzzCase';
import { refusable } from '../oracles/refusal';
import type { InputRandom } from '../random';

const SHAPE = imageSize(TINY_PROFILE.features);

/** A bundle whose profile names a network that is no good. */
export function networkCase(random: InputRandom): FuzzCase {
  const { name, make } = random.pick(HOSTILE_NETWORKS);
  const network = make(SHAPE, random);
  return bundleCase(`network: ${name}`, network, encoded(profileOf(network)), random);
}

/** A bundle whose network was changed after its profile was written. */
export function damagedNetworkCase(random: InputRandom): FuzzCase {
  const network = goodNetwork(random);
  const damaged = flipped(network, random, random.size(40));
  const { run, ...rest } = bundleCase('a damaged network', damaged, encoded(profileOf(network)), random);
  return {
    ...rest,
    async run(place) {
      const end = await run(place);
      demand(
        'a network other than that of its profile is taken',
        end === 'refused' || Buffer.from(network).equals(damaged),
        () => '',
      );
      return end;
    },
  };
}

/** A bundle with a spoilt profile. */
export function profileCase(random: InputRandom): FuzzCase {
  const network = goodNetwork(random);
  return bundleCase('a spoilt profile', network, spoiltJson(profileOf(network), random), random);
}

function bundleCase(description: string, network: Uint8Array, profile: Uint8Array, random: InputRandom): FuzzCase {
  const images = random.fork();
  return {
    description,
    files: [
      { name: 'model.onnx', bytes: network },
      { name: 'profile.json', bytes: profile },
    ],
    run: (place) => refusable(() => judgeImages(place, images)),
  };
}

async function judgeImages(place: Place, random: InputRandom): Promise<CaseEnd> {
  const { profile, classifier } = await loadModel(place.folder);
  try {
    const { height, width } = imageSize(profile.features);
    const count = 5;
    const images = Float32Array.from({ length: count * height * width }, () =>
      random.chance(0.3) ? random.below(9) : 0,
    );
    const scores = await classifier.score(images, count);
    demand(
      'a score that is no number from 0 to 1',
      scores.length === count && scores.every((score) => score >= 0 && score <= 1),
      () => scores.join(),
    );
  } finally {
    await classifier.release();
  }
  return 'accepted';
}

function goodNetwork(random: InputRandom): Uint8Array {
  const shape = { ...SHAPE, classes: 2 };
  return forwardGraph(
    shape,
    Float32Array.from({ length: parameterCount(shape) }, () => random.next() / 10 - 0.05),
  );
}

function profileOf(network: Uint8Array): object {
  return { ...TINY_PROFILE, networkSha256: createHash('sha256').update(network).digest('hex') };
}

function encoded(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
