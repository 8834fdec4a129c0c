import {
  parameterCount,
  parameterTensors,
  sizeOf,
  trunkSizes,
  type LogCnnShape,
} from '../../../../src/core/model/logCnn';
import { GraphBuilder, type Edge } from '../../../../src/core/model/onnx/graph';

/**
 * The loss and gradient of LogCNN with ONNX's own Conv, MaxPool, MaxUnpool and ConvTranspose: the slow and obvious way,
 * the oracle of `trainingStepGraph`. Inputs `x`, `target`, `parameters` and outputs `loss`, `gradient` as there.
 */
export function plainGradientGraph(shape: LogCnnShape): Uint8Array {
  const graph = new GraphBuilder();
  const { pooled1, pooled2, flat } = trunkSizes(shape);
  const count = parameterCount(shape);
  const x = graph.input('x', 'float32', ['N', 1, shape.height, shape.width]);
  const target = graph.input('target', 'float32', ['N', shape.classes]);
  const parameters = graph.input('parameters', 'float32', [count]);
  const tensors = parameterTensors(shape);
  const parts = graph.split(parameters, tensors.map(sizeOf), 0);
  const [w1, b1, w2, b2, w3, b3, w4, b4, w5, b5] = tensors.map((tensor, i) => graph.reshape(parts[i], tensor.shape));

  const square = { kernel_shape: [2, 2] };
  const pooling = { kernel_shape: [2, 2], strides: [2, 2] };
  const convolve = (input: Edge, weight: Edge, bias: Edge) => {
    const convolved = graph.op('Conv', [input, weight, bias], square);
    const [pooled, indices] = graph.ops('MaxPool', [convolved], 2, pooling);
    return { convolved, indices, output: graph.relu(pooled) };
  };
  const layer1 = convolve(x, w1, b1);
  const layer2 = convolve(layer1.output, w2, b2);
  const trunk = graph.reshape(layer2.output, [-1, flat]);
  const hidden1 = graph.relu(graph.gemm(trunk, w3, b3, { b: true }));
  const hidden2 = graph.relu(graph.gemm(hidden1, w4, b4, { b: true }));
  const logits = graph.gemm(hidden2, w5, b5, { b: true });
  const logProbabilities = graph.op('LogSoftmax', [logits], { axis: 1 });
  graph.output(
    'loss',
    graph.op('Neg', [graph.reduceSum(graph.multiply(target, logProbabilities), [0, 1])]),
    'float32',
    [],
  );

  const relu = (d: Edge, output: Edge): Edge => graph.multiply(d, graph.op('Sign', [output]));
  const dWeight = (d: Edge, input: Edge): Edge => graph.gemm(d, input, undefined, { a: true });
  /** Gradient of a convolution's kernel: the input convolved with the output's gradient, batch and channels swapped. */
  const dKernel = (d: Edge, input: Edge, height: number, width: number): Edge => {
    const swap = (edge: Edge): Edge => graph.transpose(edge, [1, 0, 2, 3]);
    return swap(graph.op('Conv', [swap(input), swap(d)], { kernel_shape: [height, width] }));
  };
  const unpool = (d: Edge, layer: typeof layer1): Edge =>
    graph.op('MaxUnpool', [d, layer.indices, graph.op('Shape', [layer.convolved])], pooling);

  const mass = graph.reduceSum(target, [1], true);
  const d5 = graph.subtract(graph.multiply(graph.op('Exp', [logProbabilities]), mass), target);
  const d4 = relu(graph.gemm(d5, w5), hidden2);
  const d3 = relu(graph.gemm(d4, w4), hidden1);
  const dTrunk = graph.reshape(graph.gemm(d3, w3), [-1, 32, pooled2.height, pooled2.width]);
  const d2 = relu(dTrunk, layer2.output);
  const dConvolved2 = unpool(d2, layer2);
  const d1 = relu(graph.op('ConvTranspose', [dConvolved2, w2], square), layer1.output);
  const dConvolved1 = unpool(d1, layer1);
  const gradients = [
    dKernel(dConvolved1, x, shape.height - 1, shape.width - 1),
    graph.reduceSum(d1, [0, 2, 3]),
    dKernel(dConvolved2, layer1.output, pooled1.height - 1, pooled1.width - 1),
    graph.reduceSum(d2, [0, 2, 3]),
    dWeight(d3, trunk),
    graph.reduceSum(d3, [0]),
    dWeight(d4, hidden1),
    graph.reduceSum(d4, [0]),
    dWeight(d5, hidden2),
    graph.reduceSum(d5, [0]),
  ].map((gradient) => graph.reshape(gradient, [-1]));
  graph.output('gradient', graph.concatenate(gradients, 0), 'float32', [count]);
  return graph.build('LogCNN plain gradient');
}
