import type { EventLog, LogKind } from '../../src/core/events/eventLog';
import { EventLogBuilder } from '../../src/core/events/eventLogBuilder';
import { RecordReader } from '../../src/core/records/recordReader';
import type { RecordSink } from '../../src/core/records/recordSink';
import { LogProbe } from '../../src/core/scan/logProbe';
import { LearningEvents } from '../../src/core/templates/eventSource';

/** Where a line belongs: its sequence and its block; undefined where it is left out. */
type Placement = (line: string, index: number) => { sequence: number; block: number } | undefined;

/**
 * Reads a log as the programs do: format detected, records assembled, templates mined.
 * @param lines its physical lines
 * @param place where the record that begins at a line belongs
 */
export function readRecords(lines: readonly string[], kind: LogKind, place: Placement): EventLog {
  const builder = new EventLogBuilder();
  const events = new LearningEvents();
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
  const sink: RecordSink = {
    onRecord(bytes, _start, _end, line, header) {
      const placement = place(lines[line - 1], line - 1);
      if (placement !== undefined) {
        const event = events.eventOf(bytes, header.contentStart, header.contentEnd);
        builder.add(event, header.level, placement.sequence, placement.block);
      }
    },
    onContinuation: () => undefined,
    onTrace(signature, _line, firstLine) {
      const placement = place(lines[firstLine - 1], firstLine - 1);
      if (placement !== undefined) {
        const bytes = new TextEncoder().encode(signature);
        builder.add(events.eventOf(bytes, 0, bytes.length), 0, placement.sequence, placement.block);
      }
    },
  };
  const reader = new RecordReader(sink, { preview: new LogProbe(bytes).preview });
  reader.push(bytes);
  reader.finish();
  return builder.finish(events.miner.finish(), kind);
}
