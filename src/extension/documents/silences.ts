/** Steps from which the usual one of a page can be told. */
const FEW_STEPS = 5;
/** A silence is so many times as long as the usual step, in milliseconds at least so long, and where no step is usual. */
const TIMES_LONGER = 10;
const SHORTEST = 1000;
const UNKNOWN_STEP = 60_000;

/**
 * Tells which time between two lines that follow each other is a silence, by what is usual on their page.
 * @param times of the lines of a page, in milliseconds; NaN where there is none
 */
export function isSilence(times: readonly number[]): (milliseconds: number) => boolean {
  const known = times.filter((time) => !Number.isNaN(time));
  // Clocks of whole seconds do not move from most lines to the next.
  const steps = known.slice(1).flatMap((time, i) => (time > known[i] ? [time - known[i]] : []));
  steps.sort((a, b) => a - b);
  const usual = steps.length < FEW_STEPS ? UNKNOWN_STEP / TIMES_LONGER : steps[steps.length >> 1];
  return (milliseconds) => milliseconds >= Math.max(SHORTEST, TIMES_LONGER * usual);
}
