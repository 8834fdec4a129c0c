import assert from 'node:assert/strict';
import { adamCorrections } from '../../../../src/core/model/adamStep';

describe('adamCorrections', () => {
  it('are those of the paper: rate/(1 − β₁ᵗ) and √(1 − β₂ᵗ) with β₁ = 0.9 and β₂ = 0.999', () => {
    const { stepSize, rootCorrection } = adamCorrections(2, 0.5);
    assert.ok(Math.abs(stepSize - 0.5 / (1 - 0.81)) < 1e-12);
    assert.ok(Math.abs(rootCorrection - Math.sqrt(1 - 0.998001)) < 1e-12);
    assert.ok(Math.abs(adamCorrections(1e6, 0.5).stepSize - 0.5) < 1e-12);
  });
});
