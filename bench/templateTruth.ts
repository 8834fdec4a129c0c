import { parse } from 'csv-parse/sync';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { groupingAccuracy } from './templates/groupingAccuracy';
import { Drain } from '../src/core/templates/drain';
import { maskMessage } from '../src/core/templates/masking';
import { TemplateMiner } from '../src/core/templates/templateMiner';

/** Grouping accuracy on one system of LogPAI's template benchmark. */
export interface TemplateFigures {
  system: string;
  messages: number;
  trueTemplates: number;
  foundTemplates: number;
  /** Of TemplateMiner. */
  accuracy: number;
  /** Of taking each masked message for a template: what the statistics add to. */
  maskOnly: number;
  /** Of Drain on the same masked messages, with its usual settings. */
  drain: number;
}

/**
 * Mines the messages of each `<System>_2k.log_structured.csv` in the folder, one system at a time, and compares the
 * groups with the true ones. Only the column Content is mined.
 */
export function templateFigures(folder: string): TemplateFigures[] {
  const suffix = '_2k.log_structured.csv';
  const encoder = new TextEncoder();
  return readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => {
      const rows: Record<string, string>[] = parse(readFileSync(path.join(folder, name)), { columns: true });
      const truth = rows.map((row) => row.EventId);
      const masked = rows.map((row) => {
        const bytes = encoder.encode(row.Content);
        return maskMessage(bytes, 0, bytes.length);
      });
      const miner = new TemplateMiner();
      const provisional = masked.map((message) => miner.learn(message));
      const { templates, eventOf } = miner.finish();
      const drain = new Drain();
      return {
        system: name.slice(0, -suffix.length),
        messages: rows.length,
        trueTemplates: new Set(truth).size,
        foundTemplates: templates.length,
        accuracy: groupingAccuracy(
          truth,
          provisional.map((event) => eventOf[event]),
        ),
        maskOnly: groupingAccuracy(truth, masked),
        drain: groupingAccuracy(
          truth,
          masked.map((message) => drain.learn(message).index),
        ),
      };
    });
}
