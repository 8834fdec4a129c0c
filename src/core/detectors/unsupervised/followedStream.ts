import { type Hooks, refuseIfCancelled } from '../../cancellation';
import { Suspicion } from '../../detect/suspicion/suspicion';
import { templateGravity, type TemplateGravity } from '../../detect/suspicion/templateGravity';
import {
  limitedSurprisal,
  NO_SLOPE,
  WORDS_CUT,
  wordsMeasure,
  type WordsMeasure,
} from '../../detect/unsupervised/fusion';
import type { UnsupervisedScores } from '../../detect/unsupervised/unsupervisedScores';
import type { OnlineScorer } from '../../detect/unsupervised/onlineScorer';
import { LOOK_BACK, type LaterEvent } from '../../detect/unsupervised/onlineSurprisal';
import { SeenTemplates } from '../../detect/unsupervised/novelty';
import type { Finding } from '../../findings/finding';
import { firstLineOf, rawThreshold, scoreOf, stretchFinding } from '../../findings/unsupervisedFinding';
import { stretchGroupsAbove, type Stretch, type StretchGroup } from '../../findings/stretchGroups';
import { RecordExplainer } from '../../findings/recordExplainer';
import type { SequenceLinks } from '../../findings/typicalOrder';
import type { TypicalRecords } from '../../findings/typicalRecords';
import type { RecordLog } from '../../scan/recordLog';
import { upperBound } from '../../numeric/bisect';
import { NumberList } from '../../numeric/columns';
import { LinkedEntries } from '../../blocks/linkedEntries';
import type { FoundBlock, BlockFollower } from './blockFollower';

/** Entries that are judged at once. */
const BATCH = 8192;

/** The records of a growing log that belong to no session: a stream, or the console output of a run. */
export class FollowedStream implements BlockFollower {
  blockCount = 0;
  private log: RecordLog;
  private scores = new NumberList();
  private surprisals = new NumberList();
  /** The entries of each source, where there are several. */
  private ofSource = new LinkedEntries();
  private readonly least: number;
  /** Where nothing but the words of a stream can be trusted. */
  private readonly words: WordsMeasure | undefined;
  /** Templates that the log had when it was judged. */
  private readonly learnedTemplates: number;
  private readonly cutAndSlope: Pick<UnsupervisedScores, 'cut' | 'slope'>;
  private readonly usesSequence: boolean;
  private readonly suspicion: Suspicion;
  private readonly remarkableCut: number;
  /** Of the templates of a run's output. */
  private readonly gravities: TemplateGravity[] = [];
  /** What has been met so far, of the templates that the log had when it was judged. */
  private readonly met: SeenTemplates;
  /** Of entries above the threshold, see UnsupervisedScores. */
  private newAfter: Record<number, number> = {};
  /** Entries of this file whose scores reach the threshold, ascending. */
  private hits: number[] = [];
  private firstEntry = 0;
  private linesBefore = 0;
  /** Entries whose blocks are counted, and per source the last of these. */
  private counted = 0;
  private lastBlock: number[] = [];
  /** By template the finding that was made last. */
  private made = new Map<number, MadeFinding>();

  /**
   * @param log as it was judged
   * @param scores of it; undefined if it had no such records: then the words of those that come count
   * @param threshold score from which a stretch is anomalous, 0…1
   */
  constructor(
    log: RecordLog,
    scores: UnsupervisedScores | undefined,
    private readonly later: OnlineScorer,
    private readonly usual: TypicalRecords,
    threshold: number,
  ) {
    this.log = log;
    const { cut, slope, usesSequence } = scores ?? { cut: 0, slope: NO_SLOPE, usesSequence: false };
    this.suspicion = scores?.suspicion ?? new Suspicion(log.eventLog);
    this.remarkableCut = scores?.remarkableCut ?? WORDS_CUT;
    this.cutAndSlope = { cut, slope };
    this.usesSequence = usesSequence;
    this.least = rawThreshold(threshold, this.cutAndSlope);
    const isByWords = log.eventLog.kind === 'stream' && scores?.usesSequence === false;
    this.words = isByWords ? wordsMeasure(log.eventLog) : undefined;
    this.learnedTemplates = log.eventLog.templates.length;
    const { events, templates } = log.eventLog;
    this.met = new SeenTemplates(templates, events.length);
    events.forEach((event) => this.met.take(event, templates[event]));
    this.addScores(scores?.entries ?? [], scores?.surprisal?.entries ?? []);
    this.hits.forEach((entry) => (this.newAfter[entry] = scores?.newAfter?.[entry] ?? 0));
    this.linkEntries();
  }

  async take(log: RecordLog, hooks: Pick<Hooks, 'isCancelled'>): Promise<void> {
    const { eventLog } = log;
    this.log = log;
    this.later.takeTemplates(eventLog.templates);
    this.linkEntries();
    this.countBlocks();
    if (eventLog.kind === 'console') {
      this.scoreConsole();
    } else {
      await this.scoreLater(hooks);
    }
  }

  /** Scores what has come since by what was learned. */
  private async scoreLater(hooks: Pick<Hooks, 'isCancelled'>): Promise<void> {
    const { eventLog } = this.log;
    const { events } = eventLog;
    while (this.scores.length < events.length) {
      refuseIfCancelled(hooks);
      const start = this.scores.length;
      const end = Math.min(events.length, start + BATCH);
      const own = Array.from({ length: end - start }, (_, i): LaterEvent => {
        const entry = start + i;
        return { before: this.before(entry), template: events[entry] };
      });
      const surprisals = await this.later.surprisals(own);
      own.forEach(({ before }, i) => {
        const entry = start + i;
        const { score: remarkable, surprisal, sinceLastNew } = this.remarkable(events[entry], surprisals[i], before);
        const template = eventLog.templates[events[entry]];
        const score = this.suspicion.ofLater(events[entry], template, remarkable - this.remarkableCut);
        this.addScores([score], this.usesSequence ? [surprisal] : []);
        if (sinceLastNew > 0 && score >= Math.max(this.least, this.cutAndSlope.cut)) {
          this.newAfter[entry] = sinceLastNew;
        }
      });
    }
  }

  forget(): void {
    this.scores = new NumberList();
    this.surprisals = new NumberList();
    this.ofSource = new LinkedEntries();
    this.newAfter = {};
    this.hits = [];
  }

  beginFile(log: RecordLog, linesBefore: number): void {
    this.log = log;
    this.linesBefore = linesBefore;
    this.firstEntry = upperBound(log.lines, linesBefore);
    this.blockCount = 0;
    this.counted = this.firstEntry;
    this.lastBlock = [];
    this.hits = this.hits.filter((entry) => entry >= this.firstEntry);
    this.made.clear();
  }

  found(): FoundBlock[] {
    const { log, newAfter, usual, made } = this;
    const surprisal = this.usesSequence
      ? { entries: this.surprisals.view(), ends: new Float64Array(0), shortened: 0 }
      : undefined;
    const words = new RecordExplainer(log, { surprisal, newAfter }, usual, this.links());
    this.made = new Map();
    const open = openRecord(log);
    return this.suspects().map((suspect): FoundBlock => {
      const template = log.eventLog.events[suspect.stretch.peak];
      const known = made.get(template);
      let own: MadeFinding | undefined;
      const make = (): Finding => {
        const fresh = stretchFinding(log, this.cutAndSlope, words, suspect, this.linesBefore);
        return known !== undefined && areEqual(known.finding, fresh) ? known.finding : fresh;
      };
      return {
        score: scoreOf(suspect.score, this.cutAndSlope),
        finding: () => {
          if (own === undefined) {
            own =
              known !== undefined && isUnchanged(known, log, words, suspect)
                ? known
                : { suspect, open, finding: make() };
            this.made.set(template, own);
          }
          return own.finding;
        },
      };
    });
  }

  release(): Promise<void> {
    return this.later.release();
  }

  /** A window is a new one, or one of an older file that goes on, where the last one of its source was another. */
  private countBlocks(): void {
    const { sequences, blocks } = this.log.eventLog;
    for (; this.counted < blocks.length; this.counted++) {
      const [source, block] = [sequences[this.counted], blocks[this.counted]];
      if (this.lastBlock[source] !== block) {
        this.lastBlock[source] = block;
        this.blockCount++;
      }
    }
  }

  /** The links of the entries of several sources, without a look at all of them. */
  private links(): SequenceLinks | undefined {
    const { sequences, sequenceCount } = this.log.eventLog;
    if (sequenceCount <= 1) {
      return undefined;
    }
    return {
      previous: (entry) => this.ofSource.before(entry),
      next: (entry) => {
        const next = sequences.subarray(entry + 1).indexOf(sequences[entry]);
        return next < 0 ? -1 : entry + 1 + next;
      },
    };
  }

  private linkEntries(): void {
    const { sourceCount, eventLog } = this.log;
    while (sourceCount > 1 && this.ofSource.length < eventLog.events.length) {
      this.ofSource.add(eventLog.sequences[this.ofSource.length]);
    }
  }

  /** The templates before an entry in what its source wrote, the last one last. */
  private before(entry: number): ArrayLike<number> {
    const { sourceCount, eventLog } = this.log;
    if (sourceCount === 1) {
      return eventLog.events.subarray(Math.max(0, entry - LOOK_BACK), entry);
    }
    const before: number[] = [];
    for (let at = this.ofSource.before(entry); at >= 0 && before.length < LOOK_BACK; at = this.ofSource.before(at)) {
      before.push(eventLog.events[at]);
    }
    return before.reverse();
  }

  /** Judges the next record by its template, the surprisal of its place, and the templates before it in what its source wrote. */
  private remarkable(
    event: number,
    surprisal: number,
    before: ArrayLike<number>,
  ): { score: number; surprisal: number; sinceLastNew: number } {
    const template = this.log.eventLog.templates[event];
    const lexical = this.later.lexical[event];
    const { limit = Infinity, sinceLastNew = 0 } = this.met.take(event, template) ?? {};
    if (this.words !== undefined) {
      // How surprising the templates of the log are where nothing but words can be trusted is not known any more.
      const isLater = event >= this.learnedTemplates;
      const news = isLater
        ? Math.min(limitedSurprisal(this.words.newest, lexical, limit), Math.log(1 + sinceLastNew))
        : 0;
      return {
        score: this.words.scoreOf(template, lexical, news),
        surprisal,
        sinceLastNew: isLater ? sinceLastNew : 0,
      };
    }
    if (!this.usesSequence) {
      return { score: surprisal + lexical, surprisal, sinceLastNew: 0 };
    }
    const broken = before.length === 0 ? 0 : this.later.bigramSurprisal(before[before.length - 1], event);
    const counted = Math.max(limitedSurprisal(surprisal, lexical, limit), broken);
    return { score: counted + lexical, surprisal: counted, sinceLastNew };
  }

  private addScores(scores: ArrayLike<number>, surprisals: ArrayLike<number>): void {
    for (let i = 0; i < scores.length; i++) {
      const entry = this.scores.length + i;
      if (entry >= this.firstEntry && scores[i] >= this.least) {
        this.hits.push(entry);
      }
    }
    this.scores.push(scores);
    this.surprisals.push(surprisals);
  }

  /** What a run wrote counts by how near it is to the end, which goes on with each line. */
  private scoreConsole(): void {
    const { eventLog } = this.log;
    for (let template = this.gravities.length; template < eventLog.templates.length; template++) {
      this.gravities.push(templateGravity(eventLog.templates[template]));
    }
    const { entries } = new Suspicion(eventLog, { gravities: this.gravities });
    this.hits = [];
    this.scores = new NumberList();
    this.addScores(entries, []);
  }

  /** At the cost of the entries above the threshold alone. */
  private suspects(): StretchGroup[] {
    const { hits, log } = this;
    const above = {
      lines: hits.map((entry) => log.lines[entry]),
      places: hits.map((entry) => log.places[entry]),
      sequences: hits.map((entry) => log.eventLog.sequences[entry]),
      sourceCount: log.sourceCount,
      events: hits.map((entry) => log.eventLog.events[entry]),
      scores: hits.map((entry) => this.scores.at(entry)),
      recordLine: (hit: number) => firstLineOf(log, hits[hit]),
    };
    const entriesOf = ({ first, last, peak }: Stretch): Stretch => ({
      first: hits[first],
      last: hits[last],
      peak: hits[peak],
    });
    return stretchGroupsAbove(above, this.least, log.lineCount).map(({ stretch, score, occurrences }) => ({
      stretch: entriesOf(stretch),
      score,
      occurrences: occurrences.map(entriesOf),
    }));
  }
}

/** A finding, and of what it was made. */
interface MadeFinding {
  suspect: StretchGroup;
  open: OpenRecord;
  finding: Finding;
}

/** The record that may get more continuation lines. */
interface OpenRecord {
  line: number;
  continuations: number;
}

function openRecord(log: RecordLog): OpenRecord {
  const { length } = log.lines;
  const line = length === 0 ? 0 : firstLineOf(log, length - 1);
  return { line, continuations: log.continuations.countOf(line) };
}

/**
 * Whether a finding would be made the same of a suspect, without a look at all of its records. Its parts may change with
 * what comes after its peak, and are given anew for that.
 */
function isUnchanged(
  { suspect: known, open, finding }: MadeFinding,
  { continuations }: RecordLog,
  words: RecordExplainer,
  suspect: StretchGroup,
): boolean {
  const { stretch, score, occurrences } = suspect;
  return (
    score === known.score &&
    isSame(stretch, known.stretch) &&
    occurrences.length === known.occurrences.length &&
    occurrences.every((each, i) => isSame(each, known.occurrences[i])) &&
    continuations.countOf(open.line) === open.continuations &&
    areSame(
      finding.parts.filter(({ part }) => part !== 'errors-here'),
      words.parts(stretch.peak),
    )
  );
}

function isSame(one: Stretch, other: Stretch): boolean {
  return one.first === other.first && one.last === other.last && one.peak === other.peak;
}

function areEqual(one: Finding, other: Finding): boolean {
  const { lines, ...rest } = one;
  const { lines: otherLines, ...otherRest } = other;
  return (
    lines.length === otherLines.length && lines.every((line, i) => line === otherLines[i]) && areSame(rest, otherRest)
  );
}

/** Whether two plain values are the same. */
function areSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
