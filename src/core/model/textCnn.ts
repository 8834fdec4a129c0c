import { TEXT_BUCKETS, TEXT_WORDS, WORD_PARTS } from '../features/textFeatures';
import { AdamStep } from './adamStep';
import { connected, sequenceConvolution, throughRelu, unpackParameters, type Layer, type Tensors } from './layers';
import { sizeOf, type ParameterTensor } from './logCnn';
import { GraphBuilder, type Edge } from './onnx/graph';

const EMBEDDING = 24;
const CHANNELS = 32;
const WIDTHS = [1, 2, 3];
const HIDDEN = 32;
/** Values that leave the convolutions, and neurons of the hidden layer: what dropout works on. */
export const TEXT_DROPOUT_SIZES = [WIDTHS.length * CHANNELS, HIDDEN] as const;

/**
 * The parameter tensors of the text CNN in the order of the flat vector: embeddings of 24 for words and parts of words,
 * convolutions over 1, 2 and 3 words with 32 channels each, and two fully connected layers.
 */
export const TEXT_CNN_TENSORS: readonly ParameterTensor[] = [
  { name: 'word_vectors', shape: [TEXT_BUCKETS, EMBEDDING] },
  { name: 'part_vectors', shape: [TEXT_BUCKETS, EMBEDDING] },
  ...WIDTHS.flatMap((width) => [
    { name: `conv${width}.weight`, shape: [CHANNELS, width * EMBEDDING] },
    { name: `conv${width}.bias`, shape: [CHANNELS] },
  ]),
  { name: 'hidden.weight', shape: [HIDDEN, WIDTHS.length * CHANNELS] },
  { name: 'hidden.bias', shape: [HIDDEN] },
  { name: 'output.weight', shape: [1, HIDDEN] },
  { name: 'output.bias', shape: [1] },
];

/**
 * The text CNN as it judges (Kim, "Convolutional Neural Networks for Sentence Classification", EMNLP 2014). Inputs:
 * `words` int32 [N, 28] and `parts` int32 [N, 28, 10], see textFeatures. Output: `log_odds` float32 [N, 1]. The weights
 * are part of the model.
 * @param parameters flat parameter vector
 */
export function textForwardGraph(parameters: Float32Array): Uint8Array {
  const graph = new GraphBuilder();
  const { words, parts } = textInputs(graph);
  let offset = 0;
  const weights = Object.fromEntries(
    TEXT_CNN_TENSORS.map((tensor) => {
      const values = parameters.subarray(offset, (offset += sizeOf(tensor)));
      return [tensor.name, graph.weights(tensor.name, tensor.shape, values)];
    }),
  );
  const { output } = network(graph, words, parts, weights);
  graph.output('log_odds', output, 'float32', ['N', 1]);
  return graph.build('Text CNN');
}

/**
 * One step of training as an inference graph: forward, mean binary cross-entropy, backward, Adam. Inputs: `words` and
 * `parts`; `target` float32 [N, 1], the probability wanted; `dropout_1` [N, 96] and `dropout_2` [N, 32], factors for the
 * values that leave the convolutions and the hidden layer; `share` [1] = 1 / N; and those of {@link AdamStep}. Outputs:
 * `loss` [], those of {@link AdamStep}, and with `withGradient` also `gradient`, flat.
 */
export function textTrainingGraph(withGradient = false): Uint8Array {
  const graph = new GraphBuilder();
  const { words, parts } = textInputs(graph);
  const target = graph.input('target', 'float32', ['N', 1]);
  const dropout = TEXT_DROPOUT_SIZES.map((size, i) => graph.input(`dropout_${i + 1}`, 'float32', ['N', size]));
  const share = graph.input('share', 'float32', [1]);
  const adam = new AdamStep(graph, TEXT_CNN_TENSORS);
  const { output, back } = network(
    graph,
    words,
    parts,
    unpackParameters(graph, TEXT_CNN_TENSORS, adam.parameters),
    dropout,
  );

  const losses = graph.subtract(graph.op('Softplus', [output]), graph.multiply(target, output));
  graph.output('loss', graph.reduceSum(graph.multiply(losses, share), [0, 1]), 'float32', []);
  adam.update(back(graph.multiply(graph.subtract(graph.op('Sigmoid', [output]), target), share)), withGradient);
  return graph.build('Text CNN training step');
}

function textInputs(graph: GraphBuilder): { words: Edge; parts: Edge } {
  return {
    words: graph.input('words', 'int32', ['N', TEXT_WORDS]),
    parts: graph.input('parts', 'int32', ['N', TEXT_WORDS, WORD_PARTS]),
  };
}

function network(graph: GraphBuilder, words: Edge, parts: Edge, weights: Tensors, dropout?: readonly Edge[]) {
  const embedded = embed(graph, words, parts, weights);
  const features = WIDTHS.map((width) => convolveAndPool(graph, embedded.output, weights, width));
  const drop = (values: Edge, i: number): Edge => (dropout === undefined ? values : graph.multiply(values, dropout[i]));
  const joined = graph.concatenate(
    features.map(({ output }) => output),
    1,
  );
  const hidden = connected(graph, drop(joined, 0), weights, 'hidden', true);
  const output = connected(graph, drop(hidden.output, 1), weights, 'output', false);

  const back = (dOutput: Edge): Tensors => {
    const backOutput = output.back(dOutput);
    const backHidden = hidden.back(drop(backOutput.dInput, 1));
    const dFeatures = graph.split(drop(backHidden.dInput, 0), Array<number>(WIDTHS.length).fill(CHANNELS), 1);
    const backFeatures = features.map((feature, i) => feature.back(dFeatures[i]));
    return {
      ...embedded.back(graph.sum(backFeatures.map(({ dInput }) => dInput))),
      ...backFeatures.reduce<Tensors>((all, { gradients }) => ({ ...all, ...gradients }), {}),
      ...backHidden.gradients,
      ...backOutput.gradients,
    };
  };
  return { output: output.output, back };
}

/** Vectors of the words [N · 28, 24]: that of the word, and those of its parts over the root of their number. */
function embed(graph: GraphBuilder, words: Edge, parts: Edge, weights: Tensors) {
  const isThere = (numbers: Edge): Edge => graph.greater(graph.toReal(numbers), graph.scalar(0));
  const wordMask = graph.reshape(isThere(words), [-1, 1]);
  const partMask = graph.reshape(isThere(parts), [-1, WORD_PARTS, 1]);
  const partCount = graph.maximum(graph.reduceSum(partMask, [1]), graph.scalar(1));
  const root = graph.op('Sqrt', [partCount]);
  const wordVectors = graph.multiply(
    graph.reshape(graph.gather(weights.word_vectors, words), [-1, EMBEDDING]),
    wordMask,
  );
  const partVectors = graph.multiply(
    graph.reshape(graph.gather(weights.part_vectors, parts), [-1, WORD_PARTS, EMBEDDING]),
    partMask,
  );
  const output = graph.add(wordVectors, graph.divide(graph.reduceSum(partVectors, [1]), root));

  const back = (d: Edge): Tensors => {
    const dParts = graph.multiply(graph.reshape(graph.divide(d, root), [-1, 1, EMBEDDING]), partMask);
    const numbers = (edge: Edge): Edge => graph.toIndices(graph.reshape(edge, [-1]));
    return {
      word_vectors: graph.scatterRows(graph.multiply(d, wordMask), numbers(words), TEXT_BUCKETS, EMBEDDING),
      part_vectors: graph.scatterRows(graph.reshape(dParts, [-1, EMBEDDING]), numbers(parts), TEXT_BUCKETS, EMBEDDING),
    };
  };
  return { output, back };
}

/** A convolution over the words, an empty one at both ends, and the maximum over all places: [N, 32]. */
function convolveAndPool(graph: GraphBuilder, input: Edge, weights: Tensors, width: number): Layer {
  const positions = TEXT_WORDS + 3 - width;
  const convolution = sequenceConvolution(graph, input, weights, `conv${width}`, {
    length: TEXT_WORDS,
    channels: EMBEDDING,
    width,
    channelsOut: CHANNELS,
    padding: 1,
  });
  const places = graph.reshape(convolution.output, [-1, positions, CHANNELS]);
  const highest = graph.highest(places, 1);
  // The ReLU commutes with the maximum.
  const output = graph.relu(graph.reshape(highest, [-1, CHANNELS]));
  return {
    output,
    back: (dOutput) => {
      const d = graph.reshape(throughRelu(graph, dOutput, output), [-1, 1, CHANNELS]);
      const isHighest = graph.equal(places, highest);
      // Equal maxima, such as those of the empty places, share the gradient.
      const share = graph.divide(isHighest, graph.reduceSum(isHighest, [1], true));
      return convolution.back(graph.reshape(graph.multiply(share, d), [-1, CHANNELS]));
    },
  };
}
