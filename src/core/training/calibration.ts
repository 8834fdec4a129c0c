import { parameterTensors, sizeOf, type LogCnnShape } from '../model/logCnn';

/** A score and what it should have said: `normal` and `anomalous` count the sessions that got it. */
export interface CalibrationSample {
  /** Log-odds that the network gives: logit of anomalous minus logit of normal. */
  logOdds: number;
  normal: number;
  anomalous: number;
}

/** Calibrated log-odds = scale · log-odds + shift. */
export interface Calibration {
  scale: number;
  shift: number;
}

const ITERATIONS = 50;

/**
 * Platt scaling: the straight line through the log-odds that maximises the likelihood of the labels (Platt,
 * "Probabilistic Outputs for Support Vector Machines", 1999, with his prior-corrected targets, so that perfectly
 * separated classes do not call for infinite certainty), by Newton's method with backtracking (Lin, Lin & Weng, "A Note
 * on Platt's Probabilistic Outputs", 2007).
 */
export function calibrate(samples: readonly CalibrationSample[]): Calibration {
  const total = (key: 'normal' | 'anomalous'): number => samples.reduce((sum, sample) => sum + sample[key], 0);
  const high = (total('anomalous') + 1) / (total('anomalous') + 2);
  const low = 1 / (total('normal') + 2);
  /** Per sample: its weight and the share of it that should be called anomalous. */
  const targets = samples.map(({ normal, anomalous }) => ({
    weight: normal + anomalous,
    positive: anomalous * high + normal * low,
  }));
  const loss = (scale: number, shift: number): number =>
    samples.reduce((sum, { logOdds }, i) => {
      const z = scale * logOdds + shift;
      // ln(1 + eᶻ) without overflow
      return sum + targets[i].weight * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))) - targets[i].positive * z;
    }, 0);
  let scale = 1;
  let shift = 0;
  let current = loss(scale, shift);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    let [gradientScale, gradientShift, hessianScale, hessianMixed, hessianShift] = [0, 0, 1e-9, 0, 1e-9];
    samples.forEach(({ logOdds }, i) => {
      const p = 1 / (1 + Math.exp(-(scale * logOdds + shift)));
      const error = targets[i].weight * p - targets[i].positive;
      const curvature = targets[i].weight * p * (1 - p);
      gradientScale += error * logOdds;
      gradientShift += error;
      hessianScale += curvature * logOdds * logOdds;
      hessianMixed += curvature * logOdds;
      hessianShift += curvature;
    });
    const determinant = hessianScale * hessianShift - hessianMixed * hessianMixed;
    const stepScale = (hessianShift * gradientScale - hessianMixed * gradientShift) / determinant;
    const stepShift = (hessianScale * gradientShift - hessianMixed * gradientScale) / determinant;
    let length = 1;
    let next = loss(scale - stepScale, shift - stepShift);
    while (!(next <= current) && length > 1e-6) {
      length /= 2;
      next = loss(scale - length * stepScale, shift - length * stepShift);
    }
    if (!(current - next > 1e-12 * current)) {
      break;
    }
    scale -= length * stepScale;
    shift -= length * stepShift;
    current = next;
  }
  return { scale, shift };
}

/**
 * Builds a calibration into the last layer of a two-class LogCNN, so that the model's logits are the calibrated ones.
 * @param parameters flat parameter vector, which is not changed
 */
export function calibrateParameters(
  shape: LogCnnShape,
  parameters: Float32Array,
  { scale, shift }: Calibration,
): Float32Array {
  const result = parameters.slice();
  const last = parameterTensors(shape).slice(-2).map(sizeOf);
  for (let i = result.length - last[0] - last[1]; i < result.length; i++) {
    result[i] *= scale;
  }
  result[result.length - 1] += shift;
  return result;
}
