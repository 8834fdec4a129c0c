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

/** Sizes of a convolution along a sequence. */
export interface SequenceConvolution {
  /** Positions of the input. */
  length: number;
  channels: number;
  /** Positions that a kernel covers. */
  width: number;
  channelsOut: number;
  /** Zeros at both ends of the input. */
  padding: number;
}

/**
 * A convolution along a sequence, channels last: [N · length, channels] → [N · positions, channels out] with positions =
 * length + 2 · padding − width + 1, without activation. Weight [out, width · in], the taps one after another: the
 * columns under a kernel are gathered by slices and multiplied in one Gemm.
 */
export function sequenceConvolution(
  graph: GraphBuilder,
  input: Edge,
  weights: Tensors,
  name: string,
  { length, channels, width, channelsOut, padding }: SequenceConvolution,
): Layer {
  const weight = weights[`${name}.weight`];
  const positions = length + 2 * padding - width + 1;
  const padded = graph.pad(graph.reshape(input, [-1, length, channels]), [0, padding, 0], [0, padding, 0]);
  const taps = Array.from({ length: width }, (_, tap) => graph.slice(padded, [1], [tap], [tap + positions]));
  const columns = graph.reshape(graph.concatenate(taps, 2), [-1, width * channels]);
  const output = graph.gemm(columns, weight, weights[`${name}.bias`], { b: true });
  return {
    output: graph.reshape(output, [-1, channelsOut]),
    back: (d) => {
      const dColumns = graph.reshape(graph.gemm(d, weight), [-1, positions, width * channels]);
      const dTaps = graph.split(dColumns, Array<number>(width).fill(channels), 2);
      const dPadded = graph.sum(dTaps.map((dTap, tap) => graph.pad(dTap, [0, tap, 0], [0, width - 1 - tap, 0])));
      const dInput = padding === 0 ? dPadded : graph.slice(dPadded, [1], [padding], [padding + length]);
      return {
        dInput: graph.reshape(dInput, [-1, channels]),
        gradients: {
          [`${name}.weight`]: graph.gemm(d, columns, undefined, { a: true }),
          [`${name}.bias`]: graph.reduceSum(d, [0]),
        },
      };
    },
  };
}
