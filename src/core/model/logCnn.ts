import { GraphBuilder, type Edge } from './onnx/graph';

/** What a LogCNN looks at and decides between. */
export interface LogCnnShape {
  /** Rows of the input, the zero border included. */
  height: number;
  /** Columns of the input, the zero border included. */
  width: number;
  /** Number of classes; class 1 of two is "anomalous". */
  classes: number;
}

/** Name and shape of one parameter tensor. */
export interface ParameterTensor {
  name: string;
  shape: readonly number[];
}

/** Channels of the two convolutions and neurons of the two hidden fully connected layers. */
export const CHANNELS_1 = 16;
export const CHANNELS_2 = 32;
const HIDDEN_1 = 120;
const HIDDEN_2 = 84;

/** Sizes after each layer of the trunk, convolutions 2×2 without padding and poolings 2×2 with stride 2. */
export interface TrunkSizes {
  pooled1: { height: number; width: number };
  pooled2: { height: number; width: number };
  /** Values that enter the first fully connected layer. */
  flat: number;
}

/**
 * Sizes of the trunk's layers.
 * @throws RangeError if the input is too small to leave anything after the second pooling
 */
export function trunkSizes({ height, width }: LogCnnShape): TrunkSizes {
  const convolveAndPool = (size: number): number => Math.floor((size - 1) / 2);
  const pooled1 = { height: convolveAndPool(height), width: convolveAndPool(width) };
  const pooled2 = { height: convolveAndPool(pooled1.height), width: convolveAndPool(pooled1.width) };
  if (pooled2.height < 1 || pooled2.width < 1) {
    throw new RangeError(`An image of ${height} × ${width} is too small for LogCNN, which needs at least 7 × 7.`);
  }
  return { pooled1, pooled2, flat: CHANNELS_2 * pooled2.height * pooled2.width };
}

/**
 * The parameter tensors in the order in which they lie in the flat parameter vector: PyTorch's order and layout
 * (convolutions [out, in, 2, 2]; fully connected [out, in], the first on the channel-first flattened trunk).
 */
export function parameterTensors(shape: LogCnnShape): ParameterTensor[] {
  const { flat } = trunkSizes(shape);
  return [
    { name: 'conv1.weight', shape: [CHANNELS_1, 1, 2, 2] },
    { name: 'conv1.bias', shape: [CHANNELS_1] },
    { name: 'conv2.weight', shape: [CHANNELS_2, CHANNELS_1, 2, 2] },
    { name: 'conv2.bias', shape: [CHANNELS_2] },
    { name: 'fc1.weight', shape: [HIDDEN_1, flat] },
    { name: 'fc1.bias', shape: [HIDDEN_1] },
    { name: 'fc2.weight', shape: [HIDDEN_2, HIDDEN_1] },
    { name: 'fc2.bias', shape: [HIDDEN_2] },
    { name: 'fc3.weight', shape: [shape.classes, HIDDEN_2] },
    { name: 'fc3.bias', shape: [shape.classes] },
  ];
}

/** Number of values of a tensor. */
export function sizeOf(tensor: ParameterTensor): number {
  return tensor.shape.reduce((product, size) => product * size, 1);
}

/** Length of the flat parameter vector. */
export function parameterCount(shape: LogCnnShape): number {
  return parameterTensors(shape).reduce((sum, tensor) => sum + sizeOf(tensor), 0);
}

/**
 * LogCNN as it ships: Conv 2×2 (16) → ReLU → MaxPool 2 → Conv 2×2 (32) → ReLU → MaxPool 2 → FC 120 → FC 84 → logits,
 * after Lu et al., "Detecting Anomaly in Big Data System Logs Using Convolutional Neural Network" (2018) as re-created
 * by the earlier system's `log_cnn_model.pkl`.
 *
 * Input `x` float32 [N, 1, height, width], output `logits` float32 [N, classes]. The weights are part of the model.
 * @param parameters flat parameter vector
 */
export function forwardGraph(shape: LogCnnShape, parameters: Float32Array): Uint8Array {
  const graph = new GraphBuilder();
  const x = graph.input('x', 'float32', ['N', 1, shape.height, shape.width]);
  const weights = new Map<string, Edge>();
  let offset = 0;
  for (const tensor of parameterTensors(shape)) {
    const values = parameters.subarray(offset, (offset += sizeOf(tensor)));
    weights.set(tensor.name, graph.weights(tensor.name, tensor.shape, values));
  }
  const layer = (name: string): [Edge, Edge] => [weights.get(`${name}.weight`)!, weights.get(`${name}.bias`)!];
  const convolve = (input: Edge, name: string): Edge => {
    const convolved = graph.op('Conv', [input, ...layer(name)], { kernel_shape: [2, 2] });
    return graph.op('MaxPool', [graph.relu(convolved)], { kernel_shape: [2, 2], strides: [2, 2] });
  };
  const connect = (input: Edge, name: string): Edge => graph.gemm(input, ...layer(name), { b: true });
  const trunk = graph.op('Flatten', [convolve(convolve(x, 'conv1'), 'conv2')], { axis: 1 });
  const logits = connect(graph.relu(connect(graph.relu(connect(trunk, 'fc1')), 'fc2')), 'fc3');
  graph.output('logits', logits, 'float32', ['N', shape.classes]);
  return graph.build('LogCNN');
}
