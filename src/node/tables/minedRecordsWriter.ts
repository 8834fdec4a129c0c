import { stringify } from 'csv-stringify/sync';
import { refuseIfCancelled, type Hooks } from '../../core/cancellation';
import { LEVEL_NAMES, UNKNOWN_LEVEL } from '../../core/formats/level';
import type { RecordHeader } from '../../core/formats/recordHeader';
import { isoTime } from '../../core/formats/timeLayout';
import { pushSteps } from '../../core/patterns/steps';
import { RecordReader, type RecordReaderOptions } from '../../core/records/recordReader';
import type { RecordSink } from '../../core/records/recordSink';
import type { TimeGate } from '../../core/records/timeGate';
import type { LearningEvents } from '../../core/templates/eventSource';
import { variableParts, WILDCARD } from '../../core/templates/masking';
import { AtomicFile, writeAtomically } from '../files/atomicFile';
import { inTurns } from '../files/inTurns';
import type { LogSource } from '../files/logSource';
import type { ParsedLogFiles } from './parsedLogWriter';
import { pythonList } from './pythonList';

/** Name of the message among the fields of a header; it has a column of its own. */
const CONTENT_NAME = 'content';

/** How a log was read, so that it can be read once more. */
export interface MinedReading {
  /** Has seen the whole log, so that its templates are known. */
  events: LearningEvents;
  options: RecordReaderOptions;
  gate?: TimeGate;
}

/**
 * Writes the records of a log whose templates were mined as the LogPAI tools do (see ParsedLogWriter). What a template is
 * turns out at the end of a log, so it is read a second time. The columns of the header are the fields of the first
 * record's format; of formats that name none, time and level.
 * @param source the same log once more
 * @throws UserError if it cannot be read, or the files not be written
 * @throws CancelledError if the hooks say so
 */
export async function writeMinedRecords(
  source: LogSource,
  { events, options, gate }: MinedReading,
  files: ParsedLogFiles,
  hooks: Pick<Hooks, 'isCancelled'>,
): Promise<void> {
  const structured = await AtomicFile.create(files.structured);
  try {
    const rows = new MinedRows(events);
    const sink: RecordSink = {
      onRecord: rows.add.bind(rows),
      onContinuation: () => undefined,
      onTrace: () => undefined,
    };
    const reader = new RecordReader(gate?.before(sink) ?? sink, options);
    for await (const chunk of source.chunks()) {
      refuseIfCancelled(hooks);
      await inTurns(pushSteps(reader, chunk, options.watch), hooks);
      await structured.write(rows.take());
    }
    reader.finish();
    await structured.write(rows.take());
    await writeAtomically(files.templates, (file) => file.write(rows.templates()));
    await structured.commit();
  } finally {
    await structured.discard();
  }
}

/** Collects records as rows of CSV. */
class MinedRows {
  private readonly decoder = new TextDecoder();
  private readonly mined: ReturnType<LearningEvents['miner']['finish']>;
  private readonly counts: Float64Array;
  private columns: readonly string[] | undefined;
  private rows: (string | number)[][] = [];

  constructor(private readonly events: LearningEvents) {
    this.mined = events.miner.finish();
    this.counts = new Float64Array(this.mined.templates.length);
  }

  add(bytes: Uint8Array, _start: number, _end: number, line: number, header: RecordHeader): void {
    const { contentStart, contentEnd } = header;
    const event = this.mined.eventOf[this.events.eventOf(bytes, contentStart, contentEnd)];
    this.counts[event]++;
    this.columns ??= this.begin(header.names.filter((name) => name.toLowerCase() !== CONTENT_NAME));
    this.rows.push([
      line,
      ...this.headerFields(bytes, header),
      this.decoder.decode(bytes.subarray(contentStart, contentEnd)),
      eventId(event),
      this.mined.templates[event] ?? WILDCARD,
      pythonList(variableParts(bytes, contentStart, contentEnd)),
    ]);
  }

  /** The rows since the last time, as CSV. */
  take(): string {
    const text = stringify(this.rows);
    this.rows = [];
    return text;
  }

  /** The templates that occur, as CSV. */
  templates(): string {
    const rows = this.mined.templates
      .map((template, event) => [eventId(event), template, this.counts[event]] as const)
      .filter(([, , count]) => count > 0);
    return stringify([['EventId', 'EventTemplate', 'Occurrences'], ...rows]);
  }

  private begin(names: readonly string[]): readonly string[] {
    const columns = names.length > 0 ? names : ['Time', 'Level'];
    this.rows.push(['LineId', ...columns, 'Content', 'EventId', 'EventTemplate', 'ParameterList']);
    return columns;
  }

  private headerFields(bytes: Uint8Array, { names, starts, ends, time, level }: RecordHeader): string[] {
    return (this.columns ?? []).map((column) => {
      const field = names.indexOf(column);
      if (field >= 0) {
        return this.decoder.decode(bytes.subarray(starts[field], ends[field]));
      }
      return column === 'Time'
        ? (isoTime(time) ?? '')
        : column === 'Level' && level !== UNKNOWN_LEVEL
          ? LEVEL_NAMES[level]
          : '';
    });
  }
}

function eventId(event: number): string {
  return `E${event + 1}`;
}
