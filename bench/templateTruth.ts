import { parse } from 'csv-parse/sync';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { groupingAccuracy } from './templates/groupingAccuracy';
import { Drain } from '../src/core/templates/drain';
import { maskMessage } from '../src/core/templates/masking';
import { MINING_RULES, TemplateMiner } from '../src/core/templates/templateMiner';

/** A system of LogPAI's template benchmark: of each message the masked text and the true event. */
export interface TruthSystem {
  name: string;
  masked: readonly string[];
  truth: readonly string[];
}

/** The templates that were found in a system, and grouping accuracy. */
interface Found {
  templates: number;
  accuracy: number;
}

/** The systems of a folder of `<System>_2k.log_structured.csv`. Only the column Content is mined. */
export function truthSystems(folder: string): TruthSystem[] {
  const suffix = '_2k.log_structured.csv';
  const encoder = new TextEncoder();
  return readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => {
      const rows: Record<string, string>[] = parse(readFileSync(path.join(folder, name)), { columns: true });
      return {
        name: name.slice(0, -suffix.length),
        masked: rows.map((row) => {
          const bytes = encoder.encode(row.Content);
          return maskMessage(bytes, 0, bytes.length);
        }),
        truth: rows.map((row) => row.EventId),
      };
    });
}

/** What TemplateMiner finds. */
export function mined({ masked, truth }: TruthSystem, rules = MINING_RULES): Found {
  const miner = new TemplateMiner(rules);
  const provisional = masked.map((message) => miner.learn(message));
  const { templates, eventOf } = miner.finish();
  const found = provisional.map((event) => eventOf[event]);
  return { templates: templates.length, accuracy: groupingAccuracy(truth, found) };
}

/** Accuracy of Drain on the same masked messages, with its usual settings. */
export function drainAccuracy({ masked, truth }: TruthSystem): number {
  const drain = new Drain();
  return groupingAccuracy(
    truth,
    masked.map((message) => drain.learn(message).index),
  );
}
