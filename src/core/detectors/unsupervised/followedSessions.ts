import { type Hooks, refuseIfCancelled } from '../../cancellation';
import { fuseSessions } from '../../detect/unsupervised/fusion';
import type { UnsupervisedScores } from '../../detect/unsupervised/unsupervisedScores';
import type { OnlineScorer } from '../../detect/unsupervised/onlineScorer';
import { LOOK_BACK, type LaterEvent } from '../../detect/unsupervised/onlineSurprisal';
import type { Finding } from '../../findings/finding';
import { firstLineOf, rawThreshold, scoreOf, sessionFinding } from '../../findings/unsupervisedFinding';
import { RecordExplainer } from '../../findings/recordExplainer';
import type { TypicalRecords } from '../../findings/typicalRecords';
import type { RecordLog } from '../../scan/recordLog';
import { upperBound } from '../../numeric/bisect';
import { NumberList } from '../../numeric/columns';
import type { FoundBlock, BlockFollower } from './blockFollower';
import { inFileAfter } from '../../verdict/relocated';
import { LinkedEntries } from '../../blocks/linkedEntries';

/** Entries and sessions that are judged at once. */
const BATCH = 4096;

/** The sessions of a growing log that is judged without labels: those that have grown are judged again as a whole. */
export class FollowedSessions implements BlockFollower {
  blockCount = 0;
  private log: RecordLog;
  private links = new LinkedEntries();
  /** Per entry. */
  private surprisals = new NumberList();
  /** Per session the surprisal of its end, the distance of its counts, and its score. */
  private ends = new NumberList();
  private distances = new NumberList();
  private scores = new NumberList();
  /** Per session the file in which it was last written to. */
  private files = new NumberList();
  private file = 1;
  private linesBefore = 0;
  private readonly least: number;
  private readonly cutAndSlope: Pick<UnsupervisedScores, 'cut' | 'slope'>;
  /** Sessions of this file that are anomalous, and the findings that have been made of them. */
  private readonly anomalous = new Set<number>();
  private readonly made = new Map<number, Finding>();
  /** The record that may get more continuation lines, and how many it had when its sessions were judged. */
  private open = { line: 0, sessions: [] as number[], continuations: 0 };

  /**
   * @param log as it was judged
   * @param threshold score from which a session is anomalous, 0…1
   */
  constructor(
    log: RecordLog,
    scores: UnsupervisedScores,
    private readonly later: OnlineScorer,
    private readonly usual: TypicalRecords,
    threshold: number,
  ) {
    this.log = log;
    this.cutAndSlope = { cut: scores.cut, slope: scores.slope };
    this.least = rawThreshold(threshold, scores);
    this.surprisals.push(scores.surprisal?.entries ?? []);
    this.ends.push(scores.surprisal?.ends ?? []);
    this.distances.push(scores.learned?.counts?.blocks ?? []);
    this.takeEntries(log, () => undefined);
    scores.blocks.forEach((score, session) => this.setScore(session, score));
  }

  async take(log: RecordLog, hooks: Pick<Hooks, 'isCancelled'>): Promise<void> {
    this.log = log;
    this.later.takeTemplates(log.eventLog.templates);
    const changed = this.takeChanges(log);
    await this.scoreEntries(hooks);
    for (let start = 0; start < changed.length; start += BATCH) {
      refuseIfCancelled(hooks);
      await this.scoreSessions(changed.slice(start, start + BATCH));
    }
  }

  forget(): void {
    this.links = new LinkedEntries();
    this.surprisals = new NumberList();
    this.ends = new NumberList();
    this.distances = new NumberList();
    this.scores = new NumberList();
    this.files = new NumberList();
    this.open.line = 0;
  }

  beginFile(log: RecordLog, linesBefore: number): void {
    this.takeChanges(log);
    this.open.line = 0;
    this.file++;
    this.linesBefore = linesBefore;
    this.blockCount = 0;
    this.anomalous.clear();
    this.made.clear();
    for (const session of log.eventLog.blocks.subarray(upperBound(log.lines, linesBefore))) {
      this.setScore(session, this.scores.at(session));
    }
  }

  found(): FoundBlock[] {
    const score = (session: number): number => this.scores.at(session);
    return [...this.anomalous]
      .sort((a, b) => score(b) - score(a) || a - b)
      .map((session) => ({
        score: scoreOf(score(session), this.cutAndSlope),
        finding: () => this.findingOf(session),
      }));
  }

  release(): Promise<void> {
    return this.later.release();
  }

  /** Sessions with new records, or with new continuation lines of the last one, in the order of the log. */
  private takeChanges(log: RecordLog): number[] {
    const { line, sessions, continuations } = this.open;
    const hasGrown = line > 0 && log.continuations.countOf(line) > continuations;
    const changed = new Set(hasGrown ? sessions : []);
    this.takeEntries(log, (session) => changed.add(session));
    return [...changed].sort((a, b) => a - b);
  }

  /** @param onEntry is given the session of each new entry */
  private takeEntries(log: RecordLog, onEntry: (session: number) => void): void {
    const { lines, continuations } = log;
    const { blocks } = log.eventLog;
    while (this.links.length < blocks.length) {
      onEntry(blocks[this.links.length]);
      this.links.add(blocks[this.links.length]);
    }
    const last = lines.length === 0 ? 0 : firstLineOf(log, lines.length - 1);
    this.open = { line: last, sessions: [], continuations: continuations.countOf(last) };
    for (let entry = lines.length - 1; entry >= 0 && lines[entry] >= last; entry--) {
      this.open.sessions.push(blocks[entry]);
    }
  }

  private async scoreEntries(hooks: Pick<Hooks, 'isCancelled'>): Promise<void> {
    const { events } = this.log.eventLog;
    while (this.surprisals.length < events.length) {
      refuseIfCancelled(hooks);
      const start = this.surprisals.length;
      const own = Array.from({ length: Math.min(BATCH, events.length - start) }, (_, i): LaterEvent => {
        const before: number[] = [];
        for (let entry = this.links.before(start + i); entry >= 0 && before.length < LOOK_BACK;) {
          before.push(events[entry]);
          entry = this.links.before(entry);
        }
        return { before: before.reverse(), template: events[start + i] };
      });
      this.surprisals.push(await this.later.surprisals(own));
    }
  }

  private async scoreSessions(sessions: readonly number[]): Promise<void> {
    const part = this.only(sessions);
    const { events, offsets } = part;
    const templatesOf = (i: number): Uint32Array => events.subarray(offsets[i], offsets[i + 1]);
    const ends = await this.later.surprisals(
      sessions.map((_, i) => ({ before: Array.from(templatesOf(i).subarray(-LOOK_BACK)), template: undefined })),
    );
    sessions.forEach((session, i) => {
      this.ends.set(session, ends[i]);
      this.distances.set(session, this.later.distanceOf(templatesOf(i)));
    });
    const { blocks } = this.fuse(sessions, part);
    sessions.forEach((session, i) => this.setScore(session, blocks[i]));
  }

  private setScore(session: number, score: number): void {
    this.scores.set(session, score);
    this.made.delete(session);
    if (session >= this.files.length || this.files.at(session) !== this.file) {
      this.files.set(session, this.file);
      this.blockCount++;
    }
    if (score >= this.least) {
      this.anomalous.add(session);
    } else {
      this.anomalous.delete(session);
    }
  }

  private findingOf(session: number): Finding {
    let finding = this.made.get(session);
    if (finding === undefined) {
      const part = this.only([session]);
      const scores = this.fuse([session], part);
      const words = new RecordExplainer(part.log, scores, this.usual);
      const entries = Uint32Array.from(part.events.keys());
      finding = inFileAfter(this.linesBefore, sessionFinding(part.log, scores, words, 0, entries, true))!;
      this.made.set(session, finding);
    }
    return finding;
  }

  /** The scores of a part of the log. */
  private fuse(sessions: readonly number[], { log, entries }: SomeSessions): UnsupervisedScores {
    const { lexical } = this.later;
    const surprisal = {
      entries: Float64Array.from(entries, (entry) => this.surprisals.at(entry)),
      ends: Float64Array.from(sessions, (session) => this.ends.at(session)),
      shortened: 0,
    };
    const distance = Float64Array.from(sessions, (session) => this.distances.at(session));
    return { ...fuseSessions(log.eventLog, lexical, surprisal, distance), lexical, surprisal };
  }

  /** The log with only some of its sessions, numbered in this order. */
  private only(sessions: readonly number[]): SomeSessions {
    const { log, links } = this;
    const offsets = new Uint32Array(sessions.length + 1);
    sessions.forEach((session, i) => (offsets[i + 1] = offsets[i] + links.countOf(session)));
    const entries = new Uint32Array(offsets[sessions.length]);
    const blocks = new Uint32Array(entries.length);
    sessions.forEach((session, i) => {
      let place = offsets[i + 1];
      links.forEachBackwards(session, (entry) => (entries[--place] = entry));
      blocks.fill(i, offsets[i], offsets[i + 1]);
    });
    const events = entries.map((entry) => log.eventLog.events[entry]);
    const eventLog = {
      ...log.eventLog,
      events,
      sequences: blocks,
      sequenceCount: sessions.length,
      blocks,
      blockCount: sessions.length,
    };
    return {
      entries,
      events,
      offsets,
      log: {
        ...log,
        eventLog,
        lines: entries.map((entry) => log.lines[entry]),
        times: Float64Array.from(entries, (entry) => log.times[entry]),
        keyOf: (i) => log.keyOf?.(sessions[i]) ?? '',
        outside: undefined,
      },
    };
  }
}

/** A part of the log that holds some of its sessions. */
interface SomeSessions {
  log: RecordLog;
  /** Of the whole log, by session. */
  entries: Uint32Array;
  /** Templates of these; those of session i are `events[offsets[i]…offsets[i + 1])`. */
  events: Uint32Array;
  offsets: Uint32Array;
}
