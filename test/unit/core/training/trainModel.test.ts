import assert from 'node:assert/strict';
import { UserError } from '../../../../src/core/errors/userError';
import { CancelledError } from '../../../../src/core/cancellation';
import { SequenceScorer } from '../../../../src/core/detect/model/sequenceScorer';
import { imageSize } from '../../../../src/core/features/blockImage';
import type { EpochReport, TrainingRuntime } from '../../../../src/core/training/networkTrainer';
import { Random } from '../../../../src/core/numeric/random';
import { SessionTableBuilder, type SessionTable } from '../../../../src/core/blocks/sessionTable';
import { trainModel, type ModelSettings } from '../../../../src/core/training/trainModel';
import { openClassifier } from '../../../../src/node/models/onnxSession';
import { openTrainingStep } from '../../../../src/node/models/onnxTrainingStep';

/** Sessions of events 1…5 in random order; those with event 4 twice are anomalous. */
function sessions(count: number): SessionTable {
  const random = new Random(7);
  const builder = new SessionTableBuilder();
  for (let i = 0; i < count; i++) {
    const events = Uint16Array.from({ length: 4 + random.below(8) }, () => 1 + random.below(5));
    builder.add('', events.filter((event) => event === 4).length === 2, false, events);
  }
  return builder.build();
}

const settings: ModelSettings = {
  image: { window: 4, lengthShare: 0.95, countRows: 2 },
  schedule: { epochs: 20, patience: 20, batch: 64, rate: 3e-3, warmUp: 20, seed: 5 },
  validationShare: 0.2,
  shuffledShare: 0.5,
};

const runtime = (extra: Partial<TrainingRuntime> = {}): TrainingRuntime => ({
  openTrainingStep,
  openClassifier: (model, shape) => openClassifier(model, shape, 'test network'),
  ...extra,
});

describe('trainModel', () => {
  it('learns a rule over counts, says how well, and judges as it says', async () => {
    const reports: EpochReport[] = [];
    const model = await trainModel(
      sessions(3000),
      new Set(),
      settings,
      runtime({ onEpoch: (report) => reports.push(report) }),
    );
    assert.equal(reports.length, 20 + model.epochs);
    assert.ok(reports[19].loss < reports[0].loss / 3);
    assert.ok(reports[19].validation !== undefined && reports[20].validation === undefined);
    assert.ok(model.validation.f1 > 0.95, `F1 ${model.validation.f1}`);
    assert.ok(model.validation.loss < 0.05, `cross-entropy ${model.validation.loss}`);
    assert.ok(model.threshold > 0.4 && model.threshold <= 0.5);
    assert.deepEqual(model.vocabulary, [1, 2, 3, 4, 5]);

    const classifier = await openClassifier(model.onnx, imageSize(model.spec), 'test network');
    const blocks = [
      [0, 3, 1, 3, 2, 0],
      [0, 3, 1, 4, 2, 0],
    ];
    const scores = await new SequenceScorer(model.spec, classifier).score(2, (i) => blocks[i]);
    await classifier.release();
    assert.ok(scores[0] > model.threshold && scores[1] < model.threshold, String(scores));
  });

  it('gives the same model for the same seed, and another for another', async () => {
    const short = { ...settings, schedule: { ...settings.schedule, epochs: 2 } };
    const table = sessions(400);
    const first = await trainModel(table, new Set(), short, runtime());
    assert.deepEqual(await trainModel(table, new Set(), short, runtime()), first);
    const reseeded = { ...short, schedule: { ...short.schedule, seed: 6 } };
    assert.notDeepEqual((await trainModel(table, new Set(), reseeded, runtime())).onnx, first.onnx);
  });

  it('refuses sessions that would make a network larger than one that is run, before it trains', async () => {
    const builder = new SessionTableBuilder();
    for (let i = 0; i < 2; i++) {
      builder.add(
        '',
        i === 0,
        false,
        Uint16Array.from({ length: 600 }, (_, event) => 1 + ((event + i) % 500)),
      );
    }
    const untrained = runtime({ openTrainingStep: () => assert.fail('training has begun') });
    await assert.rejects(
      trainModel(builder.build(), new Set(), settings, untrained),
      (error) => error instanceof UserError && /images of 601 × 502, .* more than the 33554432/.test(error.message),
    );
  });

  it('ends early when validation no longer improves', async () => {
    const reports: EpochReport[] = [];
    const schedule = { ...settings.schedule, epochs: 50, rate: 0, patience: 3 };
    await trainModel(
      sessions(300),
      new Set(),
      { ...settings, schedule },
      runtime({ onEpoch: (report) => reports.push(report) }),
    );
    assert.equal(reports.filter(({ validation }) => validation !== undefined).length, 4);
  });

  it('stops between steps when it is cancelled, and releases what it opened', async () => {
    let open = 0;
    let steps = 0;
    const cancelling = runtime({
      async openTrainingStep(shape, initial) {
        const runner = await openTrainingStep(shape, initial);
        open++;
        return {
          ...runner,
          step: (...args) => {
            steps++;
            return runner.step(...args);
          },
          release: () => {
            open--;
            return runner.release();
          },
        };
      },
      isCancelled: () => steps === 3,
    });
    await assert.rejects(trainModel(sessions(400), new Set(), settings, cancelling), CancelledError);
    assert.equal(steps, 3);
    assert.equal(open, 0);
  });
});
