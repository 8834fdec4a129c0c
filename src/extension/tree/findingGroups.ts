import type { Finding } from '../../core/findings/finding';
import type { FileResults } from '../results/resultsStore';
import type { ShownFindings } from '../results/shownFindings';

/** What the findings are put together by. */
export const GROUPINGS = ['file', 'cause', 'time'] as const;

export type Grouping = (typeof GROUPINGS)[number];

/** A finding of one of the files. */
export interface GroupMember {
  results: FileResults;
  /** Of the finding in the outcome. */
  index: number;
  finding: Finding;
}

/** Findings of one cause, or of one stretch of time. */
export interface FindingGroup {
  /** By what it is known again. */
  key: string;
  /** ISO 8601 time at which its stretch begins; undefined for a cause, and for findings without time. */
  from?: string;
  members: GroupMember[];
}

/** Lengths of a stretch of time in milliseconds. */
const STRETCHES = [60_000, 600_000, 3_600_000, 86_400_000];
/** The shortest stretches are taken of which there are no more than so many. */
const MOST_STRETCHES = 60;

/**
 * The findings of all files in groups: those of one cause, the group with the highest score first, or those of one
 * stretch of time, the earliest first and what has no time last.
 */
export function findingGroups(
  grouping: Exclude<Grouping, 'file'>,
  files: readonly FileResults[],
  shown: ShownFindings,
): FindingGroup[] {
  const members = files.flatMap((results) =>
    results.outcome === undefined
      ? []
      : shown.of(results.outcome).map((index): GroupMember => ({
          results,
          index,
          finding: results.outcome!.findings[index],
        })),
  );
  return grouping === 'cause' ? byCause(members) : byTime(members);
}

function byCause(members: GroupMember[]): FindingGroup[] {
  const sorted = members.sort((a, b) => b.finding.score - a.finding.score);
  const groups = grouped(sorted, ({ finding }) => finding.fingerprint || finding.template || finding.block);
  return [...groups].map(([key, own]) => ({ key, members: own }));
}

function byTime(members: GroupMember[]): FindingGroup[] {
  const timeOf = ({ finding }: GroupMember): number => Date.parse(`${finding.time ?? finding.firstTime}Z`);
  const timed = members.filter((member) => !Number.isNaN(timeOf(member))).sort((a, b) => timeOf(a) - timeOf(b));
  const count = (length: number): number => new Set(timed.map((each) => Math.floor(timeOf(each) / length))).size;
  const length = STRETCHES.find((each) => count(each) <= MOST_STRETCHES) ?? STRETCHES[STRETCHES.length - 1];
  const groups = grouped(timed, (member) => Math.floor(timeOf(member) / length) * length);
  const timeless = members.filter((member) => Number.isNaN(timeOf(member)));
  return [
    ...[...groups].map(([from, own]) => ({ key: String(from), from: new Date(from).toISOString(), members: own })),
    ...(timeless.length === 0 ? [] : [{ key: 'timeless', members: timeless }]),
  ];
}

/** The members by what a function gives, in their order. */
function grouped<K>(members: readonly GroupMember[], keyOf: (member: GroupMember) => K): Map<K, GroupMember[]> {
  const groups = new Map<K, GroupMember[]>();
  for (const member of members) {
    const key = keyOf(member);
    const known = groups.get(key);
    if (known === undefined) {
      groups.set(key, [member]);
    } else {
      known.push(member);
    }
  }
  return groups;
}
