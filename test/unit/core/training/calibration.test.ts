import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calibrate, calibrateParameters, type CalibrationSample } from '../../../../src/core/training/calibration';
import { parameterCount } from '../../../../src/core/model/logCnn';

/** Sessions in proportion to a probability, as many as never to be without either kind. */
function sessions(logOdds: number, trueLogOdds: number): CalibrationSample {
  const p = 1 / (1 + Math.exp(-trueLogOdds));
  return { logOdds, normal: 1e6 * (1 - p), anomalous: 1e6 * p };
}

describe('calibrate', () => {
  it('finds the line that the labels follow', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (scale, shift) => {
          const samples = [-3, -1.5, -0.5, 0, 1, 2, 3].map((z) => sessions(z, scale * z + shift));
          const found = calibrate(samples);
          assert.ok(
            Math.abs(found.scale - scale) < 1e-3 && Math.abs(found.shift - shift) < 1e-3,
            JSON.stringify(found),
          );
        },
      ),
    );
  });

  it('wants no more certainty of classes that are told apart than Platt’s targets, (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2)', () => {
    const { scale, shift } = calibrate([
      { logOdds: -1, normal: 8, anomalous: 0 },
      { logOdds: 1, normal: 0, anomalous: 3 },
    ]);
    const logit = (p: number): number => Math.log(p / (1 - p));
    // Two groups and two parameters: the line goes through both targets.
    assert.ok(Math.abs(shift + scale - logit(4 / 5)) < 1e-3);
    assert.ok(Math.abs(shift - scale - logit(1 / 10)) < 1e-3);
  });

  it('stays finite on classes that are told apart perfectly', () => {
    const { scale, shift } = calibrate([
      { logOdds: -30, normal: 5000, anomalous: 0 },
      { logOdds: -20, normal: 5, anomalous: 0 },
      { logOdds: 25, normal: 0, anomalous: 30 },
    ]);
    assert.ok(scale > 0 && scale < 10 && Math.abs(shift) < 50);
  });
});

describe('calibrateParameters', () => {
  it('changes the last layer so that the difference of the logits is scaled and shifted', () => {
    const shape = { height: 7, width: 7, classes: 2 };
    const parameters = new Float32Array(parameterCount(shape)).map((_, i) => (i % 7) - 3);
    const result = calibrateParameters(shape, parameters, { scale: 0.5, shift: 2 });
    const last = parameters.length - 2 * 84 - 2;
    assert.deepEqual(result.slice(0, last), parameters.slice(0, last));
    const difference = (p: Float32Array): number => {
      let z = p[p.length - 1] - p[p.length - 2];
      for (let i = 0; i < 84; i++) {
        z += (p[last + 84 + i] - p[last + i]) * (i % 3);
      }
      return z;
    };
    assert.ok(Math.abs(difference(result) - (0.5 * difference(parameters) + 2)) < 1e-3);
  });
});
