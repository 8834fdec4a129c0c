import { AdamStep } from './adamStep';
import { connected, sequenceConvolution, throughRelu, unpackParameters, type Layer, type Tensors } from './layers';
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
    { name: 'hidden.weight', shape: [HIDDEN, POOLED * CHANNELS] },
    { name: 'hidden.bias', shape: [HIDDEN] },
    { name: 'output.weight', shape: [vocabulary, HIDDEN] },
    { name: 'output.bias', shape: [vocabulary] },
  ];
}

/**
 * The network as it predicts. Inputs: `context` int32 [N, 10], `parameters` float32, flat. Output:
 * `log_probabilities` float32 [N, vocabulary].
 */
export function nextEventForwardGraph(vocabulary: number): Uint8Array {
  const graph = new GraphBuilder();
  const tensors = nextEventTensors(vocabulary);
  const context = graph.input('context', 'int32', ['N', CONTEXT]);
  const flat = graph.input('parameters', 'float32', ['P']);
  const { output } = network(graph, context, unpackParameters(graph, tensors, flat), vocabulary);
  graph.output('log_probabilities', graph.op('LogSoftmax', [output], { axis: 1 }), 'float32', ['N', vocabulary]);
  return graph.build('Next event');
}

/**
 * One step of training as an inference graph: forward, mean cross-entropy, backward, Adam. Inputs: `context` int32
 * [512, 10], `next` int32 [512, 1] and those of {@link AdamStep}. Outputs: `loss` [], those of {@link AdamStep}, and with
 * `withGradient` also `gradient`, flat.
 */
export function nextEventTrainingGraph(vocabulary: number, withGradient = false): Uint8Array {
  const graph = new GraphBuilder();
  const tensors = nextEventTensors(vocabulary);
  const context = graph.input('context', 'int32', [NEXT_EVENT_BATCH, CONTEXT]);
  const next = graph.input('next', 'int32', [NEXT_EVENT_BATCH, 1]);
  const adam = new AdamStep(graph, tensors);
  const { output, back } = network(graph, context, unpackParameters(graph, tensors, adam.parameters), vocabulary);

  const logProbabilities = graph.op('LogSoftmax', [output], { axis: 1 });
  const target = graph.oneHot(next, vocabulary);
  const likelihood = graph.reduceSum(graph.multiply(target, logProbabilities), [0, 1]);
  const share = graph.scalar(1 / NEXT_EVENT_BATCH);
  graph.output('loss', graph.multiply(graph.op('Neg', [likelihood]), share), 'float32', []);
  const dOutput = graph.multiply(graph.subtract(graph.op('Exp', [logProbabilities]), target), share);
  adam.update(back(dOutput), withGradient);
  return graph.build('Next event training step');
}

function network(graph: GraphBuilder, context: Edge, weights: Tensors, vocabulary: number) {
  const embedded = graph.reshape(graph.gather(weights.embedding, context), [-1, EMBEDDING]);
  const convolution = (input: Edge, name: string, length: number, channels: number): Layer =>
    sequenceConvolution(graph, input, weights, name, {
      length,
      channels,
      width: 3,
      channelsOut: CHANNELS,
      padding: 1,
    });
  const conv1 = convolution(embedded, 'conv1', CONTEXT, EMBEDDING);
  // Neighbouring positions lie side by side as halves of one row.
  const pairs = graph.reshape(conv1.output, [-1, 2 * CHANNELS]);
  const [first, second] = graph.split(pairs, [CHANNELS, CHANNELS], 1);
  // The ReLU commutes with the maximum and is cheaper after it.
  const pooled = graph.relu(graph.maximum(first, second));
  const conv2 = convolution(pooled, 'conv2', POOLED, CHANNELS);
  const features = graph.relu(conv2.output);
  const hidden = connected(graph, graph.reshape(features, [-1, POOLED * CHANNELS]), weights, 'hidden', true);
  const output = connected(graph, hidden.output, weights, 'output', false);

  const back = (dOutput: Edge): Tensors => {
    const backOutput = output.back(dOutput);
    const backHidden = hidden.back(backOutput.dInput);
    const backConv2 = conv2.back(throughRelu(graph, graph.reshape(backHidden.dInput, [-1, CHANNELS]), features));
    const dPooled = throughRelu(graph, backConv2.dInput, pooled);
    // A strict comparison sends the gradient to the first of two equal values, as MaxPool does.
    const dSecond = graph.multiply(dPooled, graph.greater(second, first));
    const dPairs = graph.concatenate([graph.subtract(dPooled, dSecond), dSecond], 1);
    const backConv1 = conv1.back(graph.reshape(dPairs, [-1, CHANNELS]));
    const numbers = graph.toIndices(graph.reshape(context, [-1]));
    return {
      embedding: graph.scatterRows(backConv1.dInput, numbers, vocabulary, EMBEDDING),
      ...backConv1.gradients,
      ...backConv2.gradients,
      ...backHidden.gradients,
      ...backOutput.gradients,
    };
  };
  return { output: output.output, back };
}
