import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { HeaderFormat } from '../../core/formats/headerFormat';
import { UNKNOWN_EVENT, type RecordView } from '../../core/scan/modelLog';
import { variableParts } from '../../core/templates/masking';
import type { Profile } from '../../core/model/profile';
import { AtomicFile, writeAtomically } from '../files/atomicFile';
import { pythonList } from './pythonList';

/** EventId and EventTemplate of a record whose message matches no template. */
const UNKNOWN_ID = 'unknown';

/** The files that hold a parsed log. */
export interface ParsedLogFiles {
  /** The records. */
  structured: string;
  /** The templates that occur. */
  templates: string;
}

/**
 * Where a parsed log is written.
 * @param stem what the files' names begin with
 */
export function parsedLogFiles(folder: string, stem: string): ParsedLogFiles {
  return { structured: join(folder, `${stem}_structured.csv`), templates: join(folder, `${stem}_templates.csv`) };
}

/**
 * Writes a log's records as the LogPAI tools do: `<stem>_structured.csv` with a row a record (LineId = its first line,
 * the header fields, Content, EventId, EventTemplate, ParameterList) and `<stem>_templates.csv` (EventId,
 * EventTemplate, Occurrences).
 */
export class ParsedLogWriter {
  private readonly decoder = new TextDecoder();
  private readonly counts: Float64Array;
  private unknownCount = 0;
  private rows: (string | number)[][] = [];

  private constructor(
    private readonly profile: Profile,
    private readonly structured: AtomicFile,
    private readonly templatesPath: string,
  ) {
    this.counts = new Float64Array(profile.templates.length);
    const fields = new HeaderFormat(profile.format.header).names;
    this.rows.push(['LineId', ...fields, 'EventId', 'EventTemplate', 'ParameterList']);
  }

  /**
   * Begins the files; missing folders are made.
   * @throws UserError if they cannot be written
   */
  static async create(files: ParsedLogFiles, profile: Profile): Promise<ParsedLogWriter> {
    return new ParsedLogWriter(profile, await AtomicFile.create(files.structured), files.templates);
  }

  /** Takes a record; it is written with the next {@link flush}. */
  add({ bytes, line, header, event }: RecordView): void {
    const { names, starts, ends } = header;
    const last = names.length - 1;
    const template = event === UNKNOWN_EVENT ? undefined : this.profile.templates[event];
    if (template === undefined) {
      this.unknownCount++;
    } else {
      this.counts[event]++;
    }
    this.rows.push([
      line,
      ...names.map((_, i) => this.decoder.decode(bytes.subarray(starts[i], ends[i]))),
      template?.id ?? UNKNOWN_ID,
      template?.template ?? UNKNOWN_ID,
      pythonList(variableParts(bytes, starts[last], ends[last])),
    ]);
  }

  /** Writes what was added. */
  async flush(): Promise<void> {
    const rows = this.rows;
    this.rows = [];
    await this.structured.write(stringify(rows));
  }

  /** Completes both files. */
  async commit(): Promise<void> {
    await this.flush();
    const rows = this.profile.templates
      .map(({ id, template }, event) => [id, template, this.counts[event]] as const)
      .filter(([, , count]) => count > 0);
    const unknown = this.unknownCount > 0 ? [[UNKNOWN_ID, UNKNOWN_ID, this.unknownCount] as const] : [];
    await writeAtomically(this.templatesPath, (file) =>
      file.write(stringify([['EventId', 'EventTemplate', 'Occurrences'], ...rows, ...unknown])),
    );
    await this.structured.commit();
  }

  /** Removes what was written. */
  async discard(): Promise<void> {
    await this.structured.discard();
  }
}
