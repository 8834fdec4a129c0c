import { AdamStep } from './adamStep';
import { connected, throughRelu, unpackParameters, type Tensors } from './layers';
import { CHANNELS_1, CHANNELS_2, parameterTensors, trunkSizes, type LogCnnShape } from './logCnn';
import { GraphBuilder, type Edge } from './onnx/graph';

/** The four positions of a 2×2 square, as [row, column]: a convolution's taps and a pooling's phases. */
const SQUARE = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/**
 * One step of training as an inference graph: forward, cross-entropy, backward, Adam.
 *
 * Inputs, all float32: `x` [N, 1, height, width]; `target` [N, classes], each sample's weight spread over the classes
 * (soft labels are welcome; the loss is the plain sum −Σ target · log softmax, so the caller normalises); `parameters`,
 * `m` and `v`, flat; `step_size` [1] = rate / (1 − β₁ᵗ) and `root_correction` [1] = √(1 − β₂ᵗ), which the caller
 * computes in doubles, for 1 − β₂ᵗ in float32 loses five digits.
 * Outputs: `loss` [], `parameters_out`, `m_out`, `v_out`, and with `withGradient` also `gradient`, flat.
 *
 * Layout: activations are matrices [N · rows · columns, channels]. Convolution and pooling are done together: for each of
 * the four phases of a pooling, the four taps of the convolution are gathered by strided slices and multiplied with the
 * kernel in one Gemm; the pool is the maximum of the four products. Twice as fast as Conv, MaxPool and MaxUnpool nodes,
 * which remain as the test oracle.
 */
export function trainingStepGraph(shape: LogCnnShape, withGradient = false): Uint8Array {
  const graph = new GraphBuilder();
  const tensors = parameterTensors(shape);
  const x = graph.input('x', 'float32', ['N', 1, shape.height, shape.width]);
  const target = graph.input('target', 'float32', ['N', shape.classes]);
  const adam = new AdamStep(graph, tensors);

  const weights = unpackParameters(graph, tensors, adam.parameters);
  const trunk = buildTrunk(graph, shape, x, weights);
  const fc1 = connected(graph, trunk.output, weights, 'fc1', true);
  const fc2 = connected(graph, fc1.output, weights, 'fc2', true);
  const fc3 = connected(graph, fc2.output, weights, 'fc3', false);

  const logProbabilities = graph.op('LogSoftmax', [fc3.output], { axis: 1 });
  const likelihood = graph.reduceSum(graph.multiply(target, logProbabilities), [0, 1]);
  graph.output('loss', graph.op('Neg', [likelihood]), 'float32', []);

  const mass = graph.reduceSum(target, [1], true);
  const probabilities = graph.op('Exp', [logProbabilities]);
  const dLogits = graph.subtract(graph.multiply(probabilities, mass), target);
  const back3 = fc3.back(dLogits);
  const back2 = fc2.back(back3.dInput);
  const back1 = fc1.back(back2.dInput);
  adam.update(
    { ...trunk.back(back1.dInput), ...back1.gradients, ...back2.gradients, ...back3.gradients },
    withGradient,
  );
  return graph.build('LogCNN training step');
}

/** The two convolutions with their poolings, on channels-last activations, and their backward pass. */
function buildTrunk(graph: GraphBuilder, shape: LogCnnShape, x: Edge, weights: Tensors) {
  const { pooled1, pooled2, flat } = trunkSizes(shape);
  const area2 = pooled2.height * pooled2.width;
  // Kernels as matrices [tap · in, out].
  const kernel = (name: string, channelsIn: number, channelsOut: number): Edge =>
    graph.reshape(graph.transpose(weights[name], [2, 3, 1, 0]), [4 * channelsIn, channelsOut]);
  const unpackKernel = (matrix: Edge, channelsIn: number, channelsOut: number): Edge =>
    graph.transpose(graph.reshape(matrix, [2, 2, channelsIn, channelsOut]), [3, 2, 0, 1]);
  const kernel2 = kernel('conv2.weight', CHANNELS_1, CHANNELS_2);

  const layer1 = convolveAndPool(graph, {
    input: graph.reshape(x, [-1, shape.height, shape.width, 1]),
    channels: 1,
    kernel: kernel('conv1.weight', 1, CHANNELS_1),
    bias: weights['conv1.bias'],
    pooled: pooled1,
  });
  const layer2 = convolveAndPool(graph, {
    input: graph.reshape(layer1.output, [-1, pooled1.height, pooled1.width, CHANNELS_1]),
    channels: CHANNELS_1,
    kernel: kernel2,
    bias: weights['conv2.bias'],
    pooled: pooled2,
  });
  // The fully connected layer wants the channels first, as PyTorch flattens.
  const output = graph.reshape(graph.transpose(graph.reshape(layer2.output, [-1, area2, CHANNELS_2]), [0, 2, 1]), [
    -1,
    flat,
  ]);

  const back = (dOutput: Edge): Tensors => {
    const channelsLast = graph.transpose(graph.reshape(dOutput, [-1, CHANNELS_2, area2]), [0, 2, 1]);
    const back2 = layer2.back(graph.reshape(channelsLast, [-1, CHANNELS_2]));
    const dPooled1 = scatterPhases(graph, back2.dPhases, kernel2, pooled1, pooled2);
    const back1 = layer1.back(graph.reshape(dPooled1, [-1, CHANNELS_1]));
    return {
      'conv1.weight': unpackKernel(back1.dKernel, 1, CHANNELS_1),
      'conv1.bias': back1.dBias,
      'conv2.weight': unpackKernel(back2.dKernel, CHANNELS_1, CHANNELS_2),
      'conv2.bias': back2.dBias,
    };
  };
  return { output, back };
}

interface ConvolutionInputs {
  /** [N, rows, columns, channels] */
  input: Edge;
  channels: number;
  /** [4 · channels, channels out] */
  kernel: Edge;
  bias: Edge;
  /** Size after the pooling. */
  pooled: { height: number; width: number };
}

/** Convolution 2×2, ReLU and maximum of 2×2 at once; the output is a matrix [N · rows · columns, channels out]. */
function convolveAndPool(graph: GraphBuilder, { input, channels, kernel, bias, pooled }: ConvolutionInputs) {
  // grid[u][v] holds the input at (u + 2i, v + 2j): what tap (b, d) sees in phase (a, c) is grid[a + b][c + d].
  const grid = [0, 1, 2].map((u) =>
    [0, 1, 2].map((v) => graph.slice(input, [1, 2], [u, v], [u + 2 * pooled.height - 1, v + 2 * pooled.width - 1], 2)),
  );
  const columns = SQUARE.map(([a, c]) =>
    graph.reshape(
      graph.concatenate(
        SQUARE.map(([b, d]) => grid[a + b][c + d]),
        3,
      ),
      [-1, 4 * channels],
    ),
  );
  const phases = columns.map((matrix) => graph.gemm(matrix, kernel));
  const upper = graph.maximum(phases[0], phases[1]);
  const lower = graph.maximum(phases[2], phases[3]);
  // Bias and ReLU commute with the maximum and are cheaper after it.
  const output = graph.relu(graph.add(graph.maximum(upper, lower), bias));

  const back = (dOutput: Edge): { dPhases: Edge[]; dKernel: Edge; dBias: Edge } => {
    const d = throughRelu(graph, dOutput, output);
    // Strict comparisons send the gradient to the first of equal maxima, as MaxPool does.
    const dLower = graph.multiply(d, graph.greater(lower, upper));
    const dUpper = graph.subtract(d, dLower);
    const d1 = graph.multiply(dUpper, graph.greater(phases[1], phases[0]));
    const d3 = graph.multiply(dLower, graph.greater(phases[3], phases[2]));
    const dPhases = [graph.subtract(dUpper, d1), d1, graph.subtract(dLower, d3), d3];
    let dKernel: Edge | undefined;
    for (let phase = 0; phase < 4; phase++) {
      dKernel = graph.gemm(columns[phase], dPhases[phase], dKernel, { a: true });
    }
    return { dPhases, dKernel: dKernel!, dBias: graph.reduceSum(d, [0]) };
  };
  return { output, back };
}

/**
 * Gradient with respect to a convolution's input [N, outer.height, outer.width, channels] from those of its four phases:
 * each phase gives four taps, which lie on nine grids of stride 2 (see `convolveAndPool`); the grids are put between
 * each other by padding and reshaping, with no scatter.
 */
function scatterPhases(
  graph: GraphBuilder,
  dPhases: Edge[],
  kernel: Edge,
  outer: { height: number; width: number },
  inner: { height: number; width: number },
): Edge {
  const channels = CHANNELS_1;
  const grids: Edge[][] = Array.from({ length: 9 }, () => []);
  SQUARE.forEach(([a, c], phase) => {
    const taps = graph.split(graph.gemm(dPhases[phase], kernel, undefined, { b: true }), Array(4).fill(channels), 1);
    SQUARE.forEach(([b, d], tap) => grids[3 * (a + b) + c + d].push(taps[tap]));
  });
  const [g0, g1, g2, g3, g4, g5, g6, g7, g8] = grids.map((parts) =>
    graph.reshape(graph.sum(parts), [-1, inner.height, inner.width, channels]),
  );
  // Columns 2j and 2j + 1 lie side by side; column 2j + 2 is the first of the next pair.
  const width = inner.width + 1;
  const rows = [
    [g0, g1, g2],
    [g3, g4, g5],
    [g6, g7, g8],
  ].map(([even, odd, next]) => {
    const pairs = graph.pad(graph.concatenate([even, odd], 3), [0, 0, 0, 0], [0, 0, 1, 0]);
    const shifted = graph.pad(next, [0, 0, 1, 0], [0, 0, 0, channels]);
    return graph.reshape(graph.add(pairs, shifted), [-1, inner.height, 2 * width * channels]);
  });
  // The same with rows.
  const height = inner.height + 1;
  const pairs = graph.pad(graph.concatenate([rows[0], rows[1]], 2), [0, 0, 0], [0, 1, 0]);
  const shifted = graph.pad(rows[2], [0, 1, 0], [0, 0, 2 * width * channels]);
  const full = graph.reshape(graph.add(pairs, shifted), [-1, 2 * height, 2 * width, channels]);
  // 2 · inner + 2 is outer + 1 where outer is odd and outer where it is even: only cutting is needed, never filling.
  return graph.slice(full, [1, 2], [0, 0], [outer.height, outer.width]);
}
