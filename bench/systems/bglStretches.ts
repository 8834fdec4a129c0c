import { readLines } from '../anylog/dataSets';
import { writeLog } from '../anylog/listed';
import type { JudgedLog, LineRange } from './system';

/** Lines of a stretch. */
const STRETCH = 10_000;

/** Blue Gene/L in stretches, each a log of its own, for what holds of one stretch of a machine need not hold of the next. */
export function bglStretches(): JudgedLog[] {
  const all = readLines('bgl/BGL_dev.log.gz');
  return Array.from({ length: Math.floor(all.length / STRETCH) }, (_, k): JudgedLog => {
    const lines = all.slice(k * STRETCH, (k + 1) * STRETCH);
    return {
      unit: `stretch ${k + 1}`,
      // The first column is the label.
      file: writeLog(
        `bgl.${k + 1}.log`,
        lines.map((line) => line.slice(line.indexOf(' ') + 1)),
      ),
      causes: rangesOf(lines.map((line) => !line.startsWith('- '))),
    };
  });
}

function rangesOf(isAlert: readonly boolean[]): LineRange[] {
  const ranges: LineRange[] = [];
  isAlert.forEach((alert, i) => {
    const last = ranges.at(-1);
    if (alert && last?.last === i) {
      last.last = i + 1;
    } else if (alert) {
      ranges.push({ first: i + 1, last: i + 1 });
    }
  });
  return ranges;
}
