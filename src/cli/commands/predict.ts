import { join } from 'node:path';
import { scoreImages } from '../../core/detect/model/imageScorer';
import { imageSize } from '../../core/features/blockImage';
import { writeAtomically } from '../../node/files/atomicFile';
import { readFeatures } from '../../node/tables/featuresReader';
import { UsageError } from '../usageError';
import { loadModel } from '../../node/models/loadedModel';
import { modelFiles } from '../../node/models/modelFiles';
import { STANDARD_OUTPUT } from '../../node/files/outputPlace';
import { refuseOverwrittenInputs } from '../../node/files/overwrittenInput';
import { SCAN_OPTIONS } from '../../node/settings/options';
import { defineCommand } from '../command';
import { MODELS } from '../modelsFolder';
import { INPUT, OUTPUT, REPORT_OPTIONS } from '../options';
import { EXIT } from '../program';
import { ProgressBar } from '../progressBar';
import { tell } from '../standardError';

/** Bundle that judges features when none is named: they do not say what log they are of. */
const DEFAULT_MODEL = 'hdfs';

/** Judges ready features. */
export const PREDICT = defineCommand({
  name: 'predict',
  summary: 'Judge ready features (.npy)',
  usages: ['--input <x.npy> [options]', '<x.npy> [options]'],
  description:
    'Judges ready features: an array of images, (N, rows, events) or (N, 1, rows, events), as --save-features of a scan writes them. Writes the zero-based indices of the anomalous ones, one a line.',
  positional: 'input',
  options: {
    input: { ...INPUT, value: '<x.npy>', help: 'The features: f2, f4, f8 or integers, C or Fortran order' },
    output: { ...OUTPUT, default: 'anomaly_indices.txt' },
    model: { ...SCAN_OPTIONS.model, usual: 'the bundled model', excludes: {} },
    threshold: { ...SCAN_OPTIONS.threshold, help: 'Score from 0 to 1 from which an image is anomalous' },
    failOnAnomaly: { ...REPORT_OPTIONS.failOnAnomaly, help: 'Exit with 1 if there are anomalous images' },
  },
  more: `Exit: 0 it ran, 1 anomalies and --fail-on-anomaly, 2 wrong use or input.

Examples:
  {} --input x_hdfs.npy
  {} --input x_app.npy --model my-model --output - | wc -l`,
  async run(values, signal) {
    if (values.input === undefined) {
      throw new UsageError('--input is missing; give an .npy file (see --help).');
    }
    const model = values.model ?? join(MODELS, DEFAULT_MODEL);
    await refuseOverwrittenInputs([values.output], [values.input, ...modelFiles(model)]);
    const { profile, classifier } = await loadModel(model);
    const bar = new ProgressBar();
    try {
      const threshold = values.threshold ?? profile.threshold;
      const { count, images } = await readFeatures(values.input, profile.features);
      const { height, width } = imageSize(profile.features);
      const area = height * width;
      const scores = await scoreImages(
        classifier,
        count,
        area,
        (i, target, offset) => target.set(images.subarray(i * area, (i + 1) * area), offset),
        { isCancelled: () => signal.aborted, onProgress: (done, total) => bar.update('judging', done, total) },
      );
      const indices = Array.from(scores.keys()).filter((i) => scores[i] >= threshold);
      const text = indices.map((index) => `${index}\n`).join('');
      bar.clear();
      if (values.output === STANDARD_OUTPUT) {
        process.stdout.write(text);
      } else {
        await writeAtomically(values.output, (file) => file.write(text));
        tell(`${indices.length} of ${count} images are anomalous (model ${profile.name}); written to ${values.output}`);
      }
      return values.failOnAnomaly && indices.length > 0 ? EXIT.anomalies : EXIT.ok;
    } finally {
      bar.clear();
      await classifier.release();
    }
  },
});
