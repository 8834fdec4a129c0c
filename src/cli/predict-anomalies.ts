import { join } from 'node:path';
import { scoreImages } from '../core/detect/model/imageScorer';
import { imageSize } from '../core/features/blockImage';
import { writeAtomically } from '../node/files/atomicFile';
import { readFeatures } from '../node/tables/featuresReader';
import { loadModel } from '../node/models/loadedModel';
import { modelFiles } from '../node/models/modelFiles';
import { STANDARD_OUTPUT } from '../node/files/outputPlace';
import { refuseOverwrittenInputs } from '../node/files/overwrittenInput';
import { UsageError } from './usageError';
import { EXIT, numberArgument, parseArguments, runProgram } from './program';
import { ProgressBar } from './progressBar';
import { tell } from './standardError';

const HELP = `Usage: predict-anomalies --input <x.npy> [options]

Judges ready features: an array of images, (N, rows, events) or (N, 1, rows, events), as
detect-anomalies --save-features writes them. Writes the zero-based indices of the anomalous ones,
one a line.

  -i, --input <x.npy>     the features: f2, f4, f8 or integers, C or Fortran order
  -o, --output <file>     where to write; - for standard output (default: anomaly_indices.txt)
  -m, --model <bundle>    a bundle folder, or a .onnx file with its profile.json beside it
                          (default: the bundled model)
      --threshold <0…1>   score from which an image is anomalous (default: the model's)
      --fail-on-anomaly   exit with 1 if there are anomalous images
  -h, --help              show this

Exit: 0 it ran, 1 anomalies and --fail-on-anomaly, 2 wrong use or input.

Examples:
  predict-anomalies --input x_hdfs.npy
  predict-anomalies --input x_app.npy --model my-model --output - | wc -l
`;

const MODELS = join(__dirname, '..', '..', 'models');

/** Bundle that judges features when none is named: they do not say what log they are of. */
const DEFAULT_MODEL = 'hdfs';

runProgram({
  name: 'predict-anomalies',
  async run(args, isCancelled) {
    const { values } = parseArguments({
      args,
      options: {
        input: { type: 'string', short: 'i' },
        output: { type: 'string', short: 'o', default: 'anomaly_indices.txt' },
        model: { type: 'string', short: 'm' },
        threshold: { type: 'string' },
        'fail-on-anomaly': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(HELP);
      return EXIT.ok;
    }
    if (values.input === undefined) {
      throw new UsageError('--input is missing; give an .npy file (see --help).');
    }
    const model = values.model ?? join(MODELS, DEFAULT_MODEL);
    await refuseOverwrittenInputs([values.output], [values.input, ...modelFiles(model)]);
    const { profile, classifier } = await loadModel(model);
    const bar = new ProgressBar();
    try {
      const threshold =
        values.threshold === undefined ? profile.threshold : numberArgument('threshold', values.threshold, 0, 1);
      const { count, images } = await readFeatures(values.input, profile.features);
      const { height, width } = imageSize(profile.features);
      const area = height * width;
      const scores = await scoreImages(
        classifier,
        count,
        area,
        (i, target, offset) => target.set(images.subarray(i * area, (i + 1) * area), offset),
        { isCancelled, onProgress: (done, total) => bar.update('judging', done, total) },
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
      return values['fail-on-anomaly'] && indices.length > 0 ? EXIT.anomalies : EXIT.ok;
    } finally {
      bar.clear();
      await classifier.release();
    }
  },
});
