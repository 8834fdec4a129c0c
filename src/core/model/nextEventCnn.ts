import { AdamStep } from './adamStep';
import { connected, throughRelu, unpackParameters, type Tensors } from './layers';
import type { ParameterTensor } from './logCnn';
import { GraphBuilder, type Edge } from './onnx/graph';

/** Events before the one that is predicted. */
export const CONTEXT = 10;
/** Windows in a training step. */
export const NEXT_EVENT_BATCH = 512;

const EMBEDDING = 16;
const CHANNELS = 32;
const HIDDEN = 64;
const POOLED = CONTEXT / 2;
/** Values that enter the fully connected layers. */
const FEATURES = POOLED * CHANNELS;

/**
 * The parameter tensors of the network that predicts the next event, in the order of the flat vector: embedding of 16,
 * two convolutions of width 3 with 32 channels, the first followed by a maximum of 2, and two fully connected layers.
 * @param vocabulary number of different events
 */
export function nextEventTensors(vocabulary: number): ParameterTensor[] {
  return [
    { name: 'embedding', shape: [vocabulary, EMBEDDING] },
    { name: 'conv1.weight', shape: [CHANNELS, 3 * EMBEDDING] },
    { name: 'conv1.bias', shape: [CHANNELS] },
    { name: 'conv2.weight', shape: [CHANNELS, 3 * CHANNELS] },
    { name: 'conv2.bias', shape: [CHANNELS] },
    { name: 'hidden.weight', shape: [HIDDEN, FEATURES] },
    { name: 'hidden.bias', shape: [HIDDEN] },
    { name: 'output.weight', shape: [vocabulary, HIDDEN] },
    { name: 'output.bias', shape: [vocabulary] },
  ];
}

/**
 * The network as it predicts. Inputs: `context` int32 [N, 10], `next` int32 [N, 1], `parameters` float32, flat. Output:
 * `log_probability` float32 [N, 1], that of the event `next` after its context.
 */
export function nextEventForwardGraph(vocabulary: number): Uint8Array {
  const graph = new GraphBuilder();
  const tensors = nextEventTensors(vocabulary);
  const context = graph.input('context', 'int32', ['N', CONTEXT]);
  const next = graph.input('next', 'int32', ['N', 1]);
  const flat = graph.input('parameters', 'float32', ['P']);
  const { output } = network(graph, context, unpackParameters(graph, tensors, flat), vocabulary);
  const logProbabilities = graph.op('LogSoftmax', [output], { axis: 1 });
  graph.output('log_probability', graph.pick(logProbabilities, next), 'float32', ['N', 1]);
  return graph.build('Next event');
}

/**
 * One step of training as an inference graph: forward, mean cross-entropy, backward, Adam. Inputs: `context` int32
 * [512, 10], `next` int32 [512, 1] and those of {@link AdamStep}. Outputs: those of {@link AdamStep}, and with
 * `withGradient` also `gradient`, flat, and `loss` [].
 */
export function nextEventTrainingGraph(vocabulary: number, withGradient = false): Uint8Array {
  const graph = new GraphBuilder();
  const tensors = nextEventTensors(vocabulary);
  const context = graph.input('context', 'int32', [NEXT_EVENT_BATCH, CONTEXT]);
  const next = graph.input('next', 'int32', [NEXT_EVENT_BATCH, 1]);
  const adam = new AdamStep(graph, tensors);
  const { output, back } = network(graph, context, unpackParameters(graph, tensors, adam.parameters), vocabulary);

  const share = 1 / NEXT_EVENT_BATCH;
  if (withGradient) {
    const likelihoods = graph.pick(graph.op('LogSoftmax', [output], { axis: 1 }), next);
    graph.output('loss', graph.multiply(graph.reduceSum(likelihoods, [0, 1]), graph.scalar(-share)), 'float32', []);
  }
  const probabilities = graph.op('Softmax', [output], { axis: 1 });
  const minusOnes = graph.op('Expand', [graph.scalar(-1), graph.integers([NEXT_EVENT_BATCH, 1])]);
  adam.update(back(graph.addAt(probabilities, next, minusOnes)), withGradient, share);
  return graph.build('Next event training step');
}

/**
 * The layers up to the output before its softmax, and their backward pass. It is arranged for few passes over large
 * matrices. The first convolution is linear in embeddings of which there are few: its product with each embedding is made
 * once (`tables`, one for each tap, the bias in that of the middle), and a position is the sum of a row of each. The
 * second one is a matrix of 160 × 160 with its kernel along the diagonal: more multiplications than the kernel needs, but
 * nothing has to be copied together.
 */
function network(graph: GraphBuilder, context: Edge, weights: Tensors, vocabulary: number) {
  // What lies beyond the ends of the context is one more event, whose embedding is zero.
  const embedding = graph.pad(weights.embedding, [0, 0], [1, 0]);
  const taps = graph.split(weights['conv1.weight'], [EMBEDDING, EMBEDDING, EMBEDDING], 1);
  const tables = taps.map((tap, i) =>
    graph.gemm(embedding, tap, i === 1 ? weights['conv1.bias'] : undefined, { b: true }),
  );
  // Which events stand under the taps at the even positions: 0, 1 and 2 of these; at the odd ones: 1, 2 and 3.
  const framed = graph.pad(context, [0, 1], [0, 1], graph.wholeNumber(vocabulary));
  const halves = graph.split(graph.transpose(graph.reshape(framed, [-1, 2]), [1, 0]), [1, 1], 0);
  const under = [0, 1, 2, 3].map((first) =>
    graph.slice(graph.reshape(halves[first % 2], [-1, POOLED + 1]), [1], [first >> 1], [(first >> 1) + POOLED]),
  );
  const [even, odd] = [0, 1].map((first) =>
    graph.sum(tables.map((table, tap) => graph.gather(table, under[first + tap]))),
  );
  // The ReLU commutes with the maximum and is cheaper after it.
  const pooled = graph.reshape(graph.relu(graph.maximum(even, odd)), [-1, FEATURES]);
  const band = bandMatrix(graph, weights['conv2.weight']);
  const bias = graph.concatenate(Array<Edge>(POOLED).fill(weights['conv2.bias']), 0);
  const conv2 = connected(graph, pooled, { 'conv2.weight': band, 'conv2.bias': bias }, 'conv2', true);
  const hidden = connected(graph, conv2.output, weights, 'hidden', true);
  const output = connected(graph, hidden.output, weights, 'output', false);

  const back = (dOutput: Edge): Tensors => {
    const backOutput = output.back(dOutput);
    const backHidden = hidden.back(backOutput.dInput);
    const backConv2 = conv2.back(backHidden.dInput);
    const dPooled = graph.reshape(throughRelu(graph, backConv2.dInput, pooled), [-1, POOLED, CHANNELS]);
    // A strict comparison sends the gradient to the first of two equal values, as MaxPool does.
    const dOdd = graph.multiply(dPooled, graph.greater(odd, even));
    const dEven = graph.subtract(dPooled, dOdd);
    const numbers = under.map((events) => graph.toIndices(graph.reshape(events, [-1, 1])));
    const dRows = [dEven, dOdd].map((d) => graph.reshape(d, [-1, CHANNELS]));
    const zeros = graph.zeros([vocabulary + 1, CHANNELS]);
    const dTables = taps.map((_, tap) =>
      dRows.reduce((sum, d, first) => graph.addRows(sum, numbers[first + tap], d), zeros),
    );
    const dEmbedding = dTables.reduce<Edge | undefined>((sum, d, tap) => graph.gemm(d, taps[tap], sum), undefined)!;
    return {
      embedding: graph.slice(dEmbedding, [0], [0], [vocabulary]),
      'conv1.weight': graph.concatenate(
        dTables.map((d) => graph.gemm(d, embedding, undefined, { a: true })),
        1,
      ),
      'conv1.bias': graph.reduceSum(dTables[1], [0]),
      'conv2.weight': fromBandMatrix(graph, backConv2.gradients['conv2.weight']),
      'conv2.bias': graph.reduceSum(graph.reshape(backConv2.gradients['conv2.bias'], [POOLED, CHANNELS]), [0]),
      ...backHidden.gradients,
      ...backOutput.gradients,
    };
  };
  return { output: output.output, back };
}

/** A convolution of width 3 over all positions as one matrix: what lies beyond the ends is cut off. */
function bandMatrix(graph: GraphBuilder, kernel: Edge): Edge {
  const rows = Array.from({ length: POOLED }, (_, position) => {
    const before = (position - 1) * CHANNELS;
    return graph.pad(kernel, [0, before], [0, FEATURES - 3 * CHANNELS - before]);
  });
  return graph.concatenate(rows, 0);
}

/** The backward pass of {@link bandMatrix}. */
function fromBandMatrix(graph: GraphBuilder, dMatrix: Edge): Edge {
  const rows = graph.split(dMatrix, Array<number>(POOLED).fill(CHANNELS), 0);
  return graph.sum(
    rows.map((row, position) => {
      const before = (position - 1) * CHANNELS;
      return graph.pad(row, [0, -before], [0, before + 3 * CHANNELS - FEATURES]);
    }),
  );
}
