import type { EventLog, EventTemplate } from './eventLog';

/**
 * Brings logs that were read with one template miner over the same list of templates.
 * @returns the logs in their order; all have the templates that any of them has
 */
export function overSameTemplates(logs: readonly EventLog[]): EventLog[] {
  const templates: EventTemplate[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (template: EventTemplate): number => {
    const key = keyOfTemplate(template);
    const number = numbers.get(key) ?? templates.push(template) - 1;
    numbers.set(key, number);
    return number;
  };
  const own = logs.map((log) => log.templates.map(numberOf));
  return logs.map((log, i) => ({
    ...log,
    templates,
    events: log.events.map((event) => own[i][event]),
    ...(log.leftOut && { leftOut: { ...log.leftOut, counts: spread(log.leftOut.counts, own[i], templates.length) } }),
  }));
}

/** By what equal templates of several logs are known. */
export function keyOfTemplate({ severity, text }: EventTemplate): string {
  return `${severity} ${text}`;
}

/** Logs of one kind over the same templates as one, the sequences and blocks of each its own. */
export function oneAfterAnother(logs: readonly EventLog[]): EventLog {
  const length = logs.reduce((sum, { events }) => sum + events.length, 0);
  const joined: EventLog = {
    ...logs[0],
    leftOut: undefined,
    events: new Uint32Array(length),
    sequences: new Uint32Array(length),
    sequenceCount: 0,
    blocks: new Uint32Array(length),
    blockCount: 0,
  };
  let start = 0;
  for (const { events, sequences, sequenceCount, blocks, blockCount } of logs) {
    joined.events.set(events, start);
    for (let entry = 0; entry < events.length; entry++) {
      joined.sequences[start + entry] = joined.sequenceCount + sequences[entry];
      joined.blocks[start + entry] = joined.blockCount + blocks[entry];
    }
    start += events.length;
    joined.sequenceCount += sequenceCount;
    joined.blockCount += blockCount;
  }
  return joined;
}

function spread(counts: Uint32Array, numbers: readonly number[], length: number): Uint32Array {
  const result = new Uint32Array(length);
  counts.forEach((count, template) => (result[numbers[template]] = count));
  return result;
}
