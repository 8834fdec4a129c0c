import { UserError } from '../errors/userError';
import { BoundedPattern, patternName, quoted, SHOWN_BYTES } from '../patterns/boundedPattern';
import type { LineWatch } from '../patterns/lineWatch';
import { AnyTime } from './anyTime';
import type { Chronology } from './chronology';
import { leadingLevel } from './leadingLevel';
import { levelOf, UNKNOWN_LEVEL } from './level';
import { CUSTOM_FORMAT } from './notationHeader';
import { sourceFieldOf, type HeaderReader, type RecordHeader } from './recordHeader';

const GROUPS = {
  time: ['time', 'timestamp', 'date', 'datetime'],
  level: ['level', 'severity'],
  component: ['component', 'logger', 'service', 'module'],
  content: ['content', 'message', 'msg'],
};

/**
 * Reads records by a regular expression with named groups `time`, `level`, `component` and `content` (or `message`), of
 * which only the last is required. It runs as BoundedPattern, which limits what it costs on a line; that is about twenty
 * times slower than a notation.
 */
export class ExpressionHeader implements HeaderReader {
  private readonly pattern: BoundedPattern;
  private readonly names: readonly string[];
  private readonly groups: readonly number[];
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly anyTime = new AnyTime();
  private readonly roles: Record<keyof typeof GROUPS, number>;
  private readonly source: number;

  /**
   * @param watch is told what it costs, and of lines on which it was stopped
   * @throws ExpressionHeaderError if it is no expression of RE2, is too large, or has no group for the content
   */
  constructor(
    expression: string,
    private readonly chronology: Chronology,
    watch?: LineWatch,
  ) {
    this.pattern = new BoundedPattern(expression, patternName('log-format', expression), watch, true);
    const named = Object.entries(this.pattern.namedGroups);
    this.names = named.map(([name]) => name);
    this.groups = named.map(([, group]) => group);
    this.starts = new Int32Array(named.length);
    this.ends = new Int32Array(named.length);
    const field = (names: readonly string[]): number =>
      this.names.findIndex((name) => names.includes(name.toLowerCase()));
    this.roles = {
      time: field(GROUPS.time),
      level: field(GROUPS.level),
      component: field(GROUPS.component),
      content: field(GROUPS.content),
    };
    this.source = sourceFieldOf(this.names);
    if (this.roles.content < 0) {
      throw new UserError('log-format-without-group', { format: quoted(expression) });
    }
  }

  match(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    const { pattern, starts, ends, roles } = this;
    pattern.begin(bytes, start, end);
    if (!pattern.next()) {
      return false;
    }
    this.groups.forEach((group, i) => {
      const from = pattern.startOf(group);
      starts[i] = start + Math.max(0, from);
      ends[i] = start + (from < 0 ? 0 : pattern.endOf(group));
    });
    header.clear(CUSTOM_FORMAT, start, end);
    header.names = this.names;
    header.starts = starts;
    header.ends = ends;
    header.contentStart = starts[roles.content];
    // What the expression was not shown belongs to the content that reaches to its end.
    header.contentEnd = ends[roles.content] === start + SHOWN_BYTES ? end : ends[roles.content];
    header.payloadStart = header.contentStart;
    if (roles.time >= 0 && this.anyTime.match(bytes, starts[roles.time], ends[roles.time]) >= 0) {
      header.time = this.chronology.timeOf(this.anyTime.matcher);
      header.zone = this.anyTime.matcher.zone;
    }
    header.level =
      roles.level < 0
        ? leadingLevel(bytes, header.contentStart, header.contentEnd)
        : Math.max(UNKNOWN_LEVEL, levelOf(bytes, starts[roles.level], ends[roles.level]));
    if (roles.component >= 0) {
      header.componentStart = starts[roles.component];
      header.componentEnd = ends[roles.component];
    }
    if (this.source >= 0) {
      header.sourceStart = starts[this.source];
      header.sourceEnd = ends[this.source];
    }
    return true;
  }
}
