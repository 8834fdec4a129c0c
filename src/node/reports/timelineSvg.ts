import { isoTime } from '../../core/formats/timeLayout';
import { TIMELINE_SEVERITIES, type Timeline } from '../../core/records/timeline';
import { escapeHtml } from './escapeHtml';

/** A finding on the timeline. */
export interface TimelineMark {
  /** In milliseconds since 1970. */
  time: number;
  /** What is said of it. */
  label: string;
  /** Name of it for who follows the mark: an address, or a number. */
  target: string;
}

/** The size of the picture and its parts, in units of the picture. */
export interface TimelineSize {
  width: number;
  height: number;
}

const MARK_HEIGHT = 14;
const AXIS_HEIGHT = 14;
/** Width of a bar at least. */
const BAR_WIDTH = 3;

/** Times at the ends of the picture, in milliseconds since 1970. */
export interface TimelineRange {
  start: number;
  end: number;
}

/** From the first interval of a timeline to the end of the last. */
export function rangeOf({ start, width, counts }: Timeline): TimelineRange {
  return { start, end: start + (counts.length / TIMELINE_SEVERITIES.length) * width };
}

/**
 * Draws how many records a log has over its time, by severity, with findings as marks below. All texts are escaped; colours come
 * from the style sheet of the page by the classes `normal`, `warning`, `error`, `mark` and `axis`.
 * @param range what is drawn; all if left out
 */
export function timelineSvg(
  timeline: Timeline,
  marks: readonly TimelineMark[],
  { width, height }: TimelineSize,
  range = rangeOf(timeline),
): string {
  const bars = barsOf(timeline, range, Math.floor(width / BAR_WIDTH));
  const most = bars.reduce((best, { counts }) => Math.max(best, total(counts)), 1);
  const room = height - MARK_HEIGHT - AXIS_HEIGHT;
  const span = range.end - range.start;
  const drawn = bars.map(({ counts: [unknown, normal, warning, error], start, end }) => {
    const x = Math.max(0, ((start - range.start) / span) * width);
    const barWidth = Math.min(width, ((end - range.start) / span) * width) - x;
    const parts: [string, number][] = [
      ['error', error],
      ['warning', warning],
      ['normal', unknown + normal],
    ];
    let bottom = room;
    const rects = parts.map(([name, count]) => {
      // A single error among thousands of records is to be seen.
      const size = count === 0 ? 0 : Math.max(name === 'normal' ? 0.5 : 2, (room * count) / (most * 1.05));
      bottom -= size;
      return size === 0
        ? ''
        : `<rect class="${name}" x="${fixed(x)}" y="${fixed(Math.max(0, bottom))}" width="${fixed(Math.max(0.5, barWidth - 0.5))}" height="${fixed(size)}"/>`;
    });
    const said = `${clock(start)} – ${clock(end)}: records: ${unknown + normal + warning + error}, warnings: ${warning}, errors: ${error}`;
    return total([unknown, normal, warning, error]) === 0
      ? ''
      : `<g><title>${escapeHtml(said)}</title>${rects.join('')}</g>`;
  });
  const shown = marks
    .filter(({ time }) => time >= range.start && time <= range.end)
    .map(({ time, label, target }) => {
      const x = fixed(((time - range.start) / span) * width);
      const y = room + MARK_HEIGHT / 2;
      return `<a href="${escapeHtml(target)}" class="mark" aria-label="${escapeHtml(label)}"><title>${escapeHtml(label)}</title><path d="M${x} ${y - 5}l4 5-4 5-4-5z"/></a>`;
    });
  const axis = [
    `<text class="axis" x="0" y="${height - 2}">${escapeHtml(clock(range.start))}</text>`,
    `<text class="axis" x="${width}" y="${height - 2}" text-anchor="end">${escapeHtml(clock(range.end))}</text>`,
    `<line class="axis" x1="0" x2="${width}" y1="${room}" y2="${room}"/>`,
  ];
  return `<svg viewBox="0 0 ${width} ${height}" role="group" aria-label="Records over time, with findings as marks">${drawn.join('')}${axis.join('')}${shown.join('')}</svg>`;
}

interface Bar {
  start: number;
  end: number;
  /** As in a Timeline. */
  counts: number[];
}

/** The intervals of a range, neighbours joined until there are no more than there is room for. */
function barsOf({ start, width, counts }: Timeline, range: TimelineRange, room: number): Bar[] {
  const size = TIMELINE_SEVERITIES.length;
  const first = Math.max(0, Math.floor((range.start - start) / width));
  const end = Math.min(counts.length / size, Math.max(first + 1, Math.ceil((range.end - start) / width)));
  const joined = Math.max(1, Math.ceil((end - first) / room));
  const bars: Bar[] = [];
  for (let at = first; at < end; at += joined) {
    const bar: Bar = {
      start: start + at * width,
      end: start + Math.min(end, at + joined) * width,
      counts: TIMELINE_SEVERITIES.map(() => 0),
    };
    for (let i = at * size; i < Math.min(end, at + joined) * size; i++) {
      bar.counts[i % size] += counts[i];
    }
    bars.push(bar);
  }
  return bars;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function clock(time: number): string {
  return (isoTime(time) ?? '').replace('T', ' ').replace(/(?:\.000)?Z$/, '');
}
