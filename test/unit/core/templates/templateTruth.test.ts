import assert from 'node:assert/strict';
import { mined, truthSystems } from '../../../../bench/templateTruth';
import { sharedData, skipWithoutSharedData } from '../../../support/sharedData';

describe("TemplateMiner on LogPAI's template benchmark", () => {
  it('groups at least 95 % right on average and 85 % on each system', function () {
    skipWithoutSharedData(this);
    const figures = truthSystems(sharedData('templates_truth')!).map((system) => ({
      system: system.name,
      accuracy: mined(system).accuracy,
    }));
    const mean = figures.reduce((sum, { accuracy }) => sum + accuracy, 0) / figures.length;
    assert.equal(figures.length, 8);
    assert.ok(mean >= 0.95, `mean ${mean}`);
    for (const { system, accuracy } of figures) {
      assert.ok(accuracy >= 0.85, `${system} ${accuracy}`);
    }
  });
});
