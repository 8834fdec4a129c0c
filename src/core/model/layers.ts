import { sizeOf, type ParameterTensor } from './logCnn';
import type { Edge, GraphBuilder } from './onnx/graph';

/** Parameter tensors, or their gradients, by name. */
export type Tensors = Readonly<Record<string, Edge>>;

/** The tensors that lie one after another in a flat vector. */
export function unpackParameters(graph: GraphBuilder, tensors: readonly ParameterTensor[], flat: Edge): Tensors {
  const parts = graph.split(flat, tensors.map(sizeOf), 0);
  return Object.fromEntries(
    tensors.map((tensor, i) => [
      tensor.name,
      tensor.shape.length > 1 ? graph.reshape(parts[i], tensor.shape) : parts[i],
    ]),
  );
}

/** Passes a gradient only where the ReLU's output is positive. A cast comparison: `Sign` is four times slower. */
export function throughRelu(graph: GraphBuilder, gradient: Edge, output: Edge): Edge {
  return graph.multiply(gradient, graph.greater(output, graph.scalar(0)));
}

/** A layer with its backward pass. */
export interface Layer {
  output: Edge;
  /** From the gradient of the output those of the input and of the layer's parameters. */
  back: (dOutput: Edge) => { dInput: Edge; gradients: Tensors };
}

/** A fully connected layer [N, in] → [N, out], weight [out, in], with ReLU on demand. */
export function connected(graph: GraphBuilder, input: Edge, weights: Tensors, name: string, withRelu: boolean): Layer {
  const weight = weights[`${name}.weight`];
  const linear = graph.gemm(input, weight, weights[`${name}.bias`], { b: true });
  const output = withRelu ? graph.relu(linear) : linear;
  return {
    output,
    back: (dOutput) => {
      const d = withRelu ? throughRelu(graph, dOutput, output) : dOutput;
      return {
        dInput: graph.gemm(d, weight),
        gradients: {
          [`${name}.weight`]: graph.gemm(d, input, undefined, { a: true }),
          [`${name}.bias`]: graph.reduceSum(d, [0]),
        },
      };
    },
  };
}
