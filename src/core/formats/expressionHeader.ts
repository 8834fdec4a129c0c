import { RE2JS } from 're2js';
import { AnyTime } from './anyTime';
import type { Chronology } from './chronology';
import { leadingLevel } from './leadingLevel';
import { levelOf, UNKNOWN_LEVEL } from './level';
import { CUSTOM_FORMAT } from './notationHeader';
import { sourceFieldOf, type HeaderReader, type RecordHeader } from './recordHeader';

/** An expression for a log format that cannot be used; the message says why. */
export class ExpressionHeaderError extends Error {}

/** Bytes of a line that the expression is shown. */
const EXPRESSION_LIMIT = 8192;

const GROUPS = {
  time: ['time', 'timestamp', 'date', 'datetime'],
  level: ['level', 'severity'],
  component: ['component', 'logger', 'service', 'module'],
  content: ['content', 'message', 'msg'],
};

/**
 * Reads records by a regular expression with named groups `time`, `level`, `component` and `content` (or `message`), of
 * which only the last is required. It runs in RE2JS, whose time is linear in the length of the line, so no expression can
 * stall a scan; it is about twenty times slower than a notation.
 */
export class ExpressionHeader implements HeaderReader {
  private readonly regex: RE2JS;
  private readonly names: readonly string[];
  private readonly groups: readonly number[];
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly anyTime = new AnyTime();
  private readonly roles: Record<keyof typeof GROUPS, number>;
  private readonly source: number;

  /** @throws ExpressionHeaderError if it is no expression of RE2 or has no group for the content */
  constructor(
    expression: string,
    private readonly chronology: Chronology,
  ) {
    try {
      this.regex = RE2JS.compile(expression);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new ExpressionHeaderError(
        `The log format "${expression}" is no valid regular expression (${why}); use RE2 syntax, without look-around and back-references.`,
      );
    }
    const named = Object.entries(this.regex.namedGroups());
    this.names = named.map(([name]) => name);
    this.groups = named.map(([, group]) => Number(group));
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
      throw new ExpressionHeaderError(
        `The log format "${expression}" is a regular expression without the group (?<content>…); add one for the message.`,
      );
    }
  }

  match(bytes: Uint8Array, start: number, end: number, header: RecordHeader): boolean {
    const matcher = this.regex.matcher(bytes.subarray(start, Math.min(end, start + EXPRESSION_LIMIT)));
    if (!matcher.find()) {
      return false;
    }
    const { starts, ends, roles } = this;
    this.groups.forEach((group, i) => {
      const from = matcher.start(group);
      starts[i] = start + Math.max(0, from);
      ends[i] = start + (from < 0 ? 0 : matcher.end(group));
    });
    header.clear(CUSTOM_FORMAT, start, end);
    header.names = this.names;
    header.starts = starts;
    header.ends = ends;
    header.contentStart = starts[roles.content];
    // What the expression was not shown belongs to the content that reaches to its end.
    header.contentEnd = ends[roles.content] === start + EXPRESSION_LIMIT ? end : ends[roles.content];
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
