import * as z from 'zod';
import { type SessionTable, selectSessions } from '../blocks/sessionTable';
import { type Split, splitSessions } from './split';

const schema = z.object({
  /** Seed of the split. */
  seed: z.number().int(),
  /** Share of the sessions in the test part, 0…1. */
  testShare: z.number().min(0).max(1),
  /** Whether sessions with InRawDev = 1 were left out before the split, so that the raw log can serve as a test. */
  rawDevExcluded: z.boolean(),
  /** Sessions that were split: by their number other data are told from those of the training. */
  sessions: z.number().int().nonnegative(),
  /** Whether the final weights were trained on the test part too, once its figures were taken. */
  testPartUsed: z.boolean(),
});

/**
 * How the sessions that a model was trained with were split. It stands as `training.split` in the model's profile, so
 * that `evaluate-model` judges the model on the sessions that were kept from it.
 */
export type SplitProvenance = z.infer<typeof schema>;

/** Reads `training.split` of a profile; undefined if the profile does not say, or not in this form. */
export function splitProvenance(training: Readonly<Record<string, unknown>>): SplitProvenance | undefined {
  return schema.safeParse(training.split).data;
}

/** The sessions that take part in the split. */
export function splittable(
  table: SessionTable,
  { rawDevExcluded }: Pick<SplitProvenance, 'rawDevExcluded'>,
): SessionTable {
  return rawDevExcluded ? selectSessions(table, (session) => table.inRawDev[session] === 0) : table;
}

/** Splits a data set as the provenance says. */
export function splitAs(
  table: SessionTable,
  provenance: Pick<SplitProvenance, 'seed' | 'testShare' | 'rawDevExcluded'>,
): Split {
  return splitSessions(splittable(table, provenance), provenance.testShare, provenance.seed);
}
