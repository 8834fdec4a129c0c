/**
 * Learning rate of step `step` of `steps`, rising from 1/25 of the highest over the first 30 % and falling to almost
 * nothing, both along a cosine (Smith & Topin, "Super-Convergence", 2018, with the constants of PyTorch's OneCycleLR).
 */
export function oneCycleRate(step: number, steps: number, highest: number): number {
  const lowest = highest / 25;
  const peak = 0.3 * steps - 1;
  const between = (from: number, to: number, part: number): number =>
    to + ((from - to) / 2) * (1 + Math.cos(Math.PI * part));
  return step <= peak
    ? between(lowest, highest, step / peak)
    : between(highest, lowest / 1e4, (step - peak) / (steps - 1 - peak));
}
