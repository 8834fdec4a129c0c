import assert from 'node:assert/strict';
import { templateFigures } from '../../../../bench/templateTruth';
import { sharedData, skipWithoutSharedData } from '../../../support/sharedData';

describe("TemplateMiner on LogPAI's template benchmark", () => {
  it('groups at least 90 % right on average and 75 % on each system', function () {
    skipWithoutSharedData(this);
    const figures = templateFigures(sharedData('templates_truth')!);
    const mean = figures.reduce((sum, { accuracy }) => sum + accuracy, 0) / figures.length;
    assert.equal(figures.length, 8);
    assert.ok(mean >= 0.9, `mean ${mean}`);
    for (const { system, accuracy } of figures) {
      assert.ok(accuracy >= 0.75, `${system} ${accuracy}`);
    }
  });
});
