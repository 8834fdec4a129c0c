import { type SessionTable, SessionTableBuilder, selectSessions } from '../blocks/sessionTable';

/**
 * A data set in two parts. Sequences have the same index in both, so `train.normal[i] + train.anomalous[i] === 0` says
 * that sequence `i` never occurred in training.
 */
export interface Split {
  train: SessionTable;
  test: SessionTable;
}

/**
 * Splits sessions at random: `round(testShare × n)` of the n normal ones and likewise of the anomalous ones go to the
 * test part, each session drawn on its own, so that equal sequences fall on both sides in proportion. This is the split
 * of published HDFS figures, and the one with which models are trained and evaluated here.
 *
 * Every session has a key made from the seed, its events, its label and its number among its equals; the smallest keys
 * are the test part. So the split does not depend on the order of the sessions, and whoever has the data and the seed
 * gets it again.
 * @param testShare 0…1
 * @param seed 32-bit integer
 */
export function splitSessions(table: SessionTable, testShare: number, seed: number): Split {
  const hashes = table.sequences.map((sequence) => hashEvents(sequence, seed));
  const equalsBefore = [new Uint32Array(hashes.length), new Uint32Array(hashes.length)];
  const keys = Float64Array.from(table.sequenceOf, (sequence, session) => {
    const label = table.label[session];
    const number = 2 * equalsBefore[label][sequence]++ + label;
    const [high, low] = hashes[sequence];
    return toUnit(mix(high ^ mix(number)), mix(low + Math.imul(number, 0x9e3779b9)));
  });
  const limits = [0, 1].map((label) =>
    limitOf(
      keys.filter((_, session) => table.label[session] === label),
      testShare,
    ),
  );
  return splitBy(table, (session) => keys[session] < limits[table.label[session]]);
}

/**
 * Splits by distinct sequence: all sessions of a sequence go to the same part, so that the test part holds nothing the
 * training part has seen. `round(testShare × n)` of the n distinct sequences that have sessions are drawn, as
 * `splitSessions` draws.
 */
export function splitDistinct(table: SessionTable, testShare: number, seed: number): Split {
  const keys = Float64Array.from(table.sequences, (sequence) => toUnit(...hashEvents(sequence, seed)));
  const present = keys.filter((_, sequence) => table.normal[sequence] + table.anomalous[sequence] > 0);
  const limit = limitOf(present, testShare);
  return splitBy(table, (session) => keys[table.sequenceOf[session]] < limit);
}

/** Two data sets as the parts of one, in which equal sequences have the same index. */
export function joinParts(train: SessionTable, test: SessionTable): Split {
  const builder = new SessionTableBuilder();
  for (const table of [train, test]) {
    table.sequenceOf.forEach((sequence, session) =>
      builder.add(
        table.key[session],
        table.label[session] === 1,
        table.inRawDev[session] === 1,
        table.sequences[sequence],
      ),
    );
  }
  const trainSessions = train.label.length;
  return splitBy(builder.build(), (session) => session >= trainSessions);
}

function splitBy(table: SessionTable, inTest: (session: number) => boolean): Split {
  return { train: selectSessions(table, (session) => !inTest(session)), test: selectSessions(table, inTest) };
}

/** The key below which `round(share × n)` of the n keys lie. */
function limitOf(keys: Float64Array, share: number): number {
  const wanted = Math.round(keys.length * share);
  return wanted < keys.length ? Float64Array.from(keys).sort()[wanted] : Infinity;
}

/** Two 32-bit hashes of a sequence in the manner of MurmurHash3: multiply, rotate, add, and mix at the end. */
function hashEvents(events: ArrayLike<number>, seed: number): [number, number] {
  let high = mix(seed ^ 0x2545f491);
  let low = mix(seed ^ 0x6c078965);
  for (let i = 0; i < events.length; i++) {
    const event = events[i] + 1;
    high = (Math.imul(rotate(high ^ Math.imul(event, 0xcc9e2d51), 13), 5) + 0xe6546b64) | 0;
    low = (Math.imul(rotate(low ^ Math.imul(event, 0x1b873593), 15), 5) + 0x38b34ae5) | 0;
  }
  return [mix(high ^ events.length), mix(low ^ events.length)];
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** MurmurHash3's 32-bit finaliser: every input bit moves about half the output bits. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** 53 bits of two words as a number in [0, 1): wide enough that among a million keys hardly two are equal. */
function toUnit(high: number, low: number): number {
  return ((high >>> 5) * 0x4000000 + (low >>> 6)) / 0x20000000000000;
}
