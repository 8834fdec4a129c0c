import fc from 'fast-check';
import type { LabelledSequences } from '../../../../src/core/detect/baselines/simpleDetector';

/** A row of a hand-written table: events, sessions labelled normal, sessions labelled anomalous. */
export type Row = [events: number[], normal: number, anomalous: number];

/** The sessions of a hand-written table. */
export function sessions(rows: readonly Row[]): LabelledSequences {
  return {
    sequences: rows.map(([events]) => Uint16Array.from(events)),
    normal: rows.map(([, normal]) => normal),
    anomalous: rows.map(([, , anomalous]) => anomalous),
  };
}

/** Up to 30 distinct sequences over six events, each with some sessions of either label. */
export const arbitraryRows: fc.Arbitrary<Row[]> = fc.uniqueArray(
  fc
    .tuple(fc.array(fc.nat({ max: 5 }), { maxLength: 6 }), fc.nat({ max: 4 }), fc.nat({ max: 4 }))
    .filter(([, normal, anomalous]) => normal + anomalous > 0),
  { selector: ([events]) => events.join(), minLength: 1, maxLength: 30 },
);
