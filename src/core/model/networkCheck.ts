import type { LogCnnShape } from './logCnn';
import { ProtobufError } from './onnx/protobufReader';
import { readStoredGraph, type StoredNode, type StoredValue } from './onnx/storedGraph';

/** A network that is not run; the message says why, to follow the name of its file. */
export class NetworkError extends Error {}

/** What a network needs for each image. */
export interface NetworkCost {
  /** Values of all intermediate results. */
  values: number;
  /** Multiplications, and one operation for each of those values. */
  operations: number;
}

/** The largest network that is trained or run: 128 MiB of weights. */
export const MAX_PARAMETERS = 1 << 25;
/** About a second of one core; LogCNN on the largest image that its parameters allow takes a tenth. */
const MAX_OPERATIONS = 1 << 30;

/** Sizes of a value for each image: all but its first dimension, which counts the images. */
type Shape = readonly number[];

/** A node with what is known of its inputs. */
class Step {
  constructor(
    private readonly node: StoredNode,
    private readonly shapes: ReadonlyMap<string, Shape>,
    private readonly weightShapes: ReadonlyMap<string, Shape>,
  ) {}

  /** The first input, which comes from the image. */
  get input(): Shape {
    const shape = this.shapes.get(this.node.inputs[0]);
    return shape ?? this.refuse('works on something else than the image');
  }

  /** Requires a number of inputs. */
  inputs(count: number): void {
    if (this.node.inputs.length !== count) {
      this.refuse(`has ${this.node.inputs.length} inputs`);
    }
  }

  /** Sizes of an input that is weights, of which there must be so many. */
  weights(index: number, rank: number): Shape {
    const shape = this.weightShapes.get(this.node.inputs[index]);
    return shape?.length === rank ? shape : this.refuse(`has no weights of ${rank} dimensions as input ${index + 1}`);
  }

  /** The node's attributes, which must be those of the given names. */
  attributes<Name extends string>(...names: Name[]): Record<Name, number | number[]> {
    const { attributes } = this.node;
    if (attributes.size !== names.length || !names.every((name) => attributes.has(name))) {
      this.refuse(`has other attributes than ${names.length > 0 ? names.join(', ') : 'none'}`);
    }
    return Object.fromEntries(attributes) as Record<Name, number | number[]>;
  }

  /** Two sizes that are an attribute. */
  pair(value: number | number[]): [number, number] {
    return Array.isArray(value) && value.length === 2 && value.every((size) => size > 0)
      ? [value[0], value[1]]
      : this.refuse('has an attribute that is no pair of sizes');
  }

  require(isMet: boolean): void {
    if (!isMet) {
      this.refuse('does not fit its input');
    }
  }

  refuse(why: string): never {
    throw new NetworkError(`its operator ${this.node.operator} ${why}`);
  }
}

interface Result {
  shape: Shape;
  /** Multiplications for each value of the result. */
  factors: number;
}

/** The operators of `forwardGraph` with the attributes that it gives them. Each works in time that its sizes bound. */
const OPERATORS: Readonly<Record<string, (step: Step) => Result>> = {
  Conv(step) {
    step.inputs(3);
    const [channelsOut, channels, height, width] = step.weights(1, 4);
    const { kernel_shape: kernel } = step.attributes('kernel_shape');
    const [kernelHeight, kernelWidth] = step.pair(kernel);
    const { input } = step;
    step.require(kernelHeight === height && kernelWidth === width && input.length === 3 && input[0] === channels);
    step.require(step.weights(2, 1)[0] === channelsOut && input[1] >= height && input[2] >= width);
    return {
      shape: [channelsOut, input[1] - height + 1, input[2] - width + 1],
      factors: channels * height * width,
    };
  },
  MaxPool(step) {
    step.inputs(1);
    const { kernel_shape: kernel, strides } = step.attributes('kernel_shape', 'strides');
    const [height, width] = step.pair(kernel);
    const [down, right] = step.pair(strides);
    const { input } = step;
    step.require(input.length === 3 && input[1] >= height && input[2] >= width);
    return {
      shape: [input[0], Math.floor((input[1] - height) / down) + 1, Math.floor((input[2] - width) / right) + 1],
      factors: height * width,
    };
  },
  Flatten(step) {
    step.inputs(1);
    step.require(step.attributes('axis').axis === 1);
    return { shape: [sizeOf(step.input)], factors: 0 };
  },
  Gemm(step) {
    step.inputs(3);
    const { transA, transB } = step.attributes('transA', 'transB');
    const [sizeOut, size] = step.weights(1, 2);
    const { input } = step;
    step.require(transA === 0 && transB === 1 && input.length === 1 && input[0] === size);
    step.require(step.weights(2, 1)[0] === sizeOut);
    return { shape: [sizeOut], factors: size };
  },
  Relu: sameShape,
  Identity: sameShape,
};

function sameShape(step: Step): Result {
  step.inputs(1);
  step.attributes();
  return { shape: step.input, factors: 0 };
}

/**
 * Looks at a network before it is run: whether it has nothing but what `forwardGraph` writes, an input `x` float32
 * [N, 1, height, width] and an output `logits` float32 [N, classes] that comes of it, and whether it is of bounded size. So
 * it cannot loop, read other files, or need more memory and time than what is returned.
 * @param model content of a model.onnx
 * @throws NetworkError if it does not
 */
export function checkNetwork(model: Uint8Array, { height, width, classes }: LogCnnShape): NetworkCost {
  const { nodes, weights, inputs, outputs } = readGraph(model);
  const parameters = weights.reduce((sum, { values }) => sum + values.length, 0);
  if (parameters > MAX_PARAMETERS) {
    throw new NetworkError(`it has ${parameters} weights, more than the ${MAX_PARAMETERS} that are run`);
  }
  requireValue('input', inputs, 'x', [1, height, width]);
  requireValue('output', outputs, 'logits', [classes]);
  const weightShapes = new Map(weights.map(({ name, shape }) => [name, shape]));
  const shapes = new Map<string, Shape>([['x', [1, height, width]]]);
  if (weightShapes.size !== weights.length || weightShapes.has('x')) {
    throw new NetworkError('it has two values of one name');
  }
  const cost: NetworkCost = { values: height * width, operations: height * width };
  for (const node of nodes) {
    if (!Object.hasOwn(OPERATORS, node.operator)) {
      throw new NetworkError(
        `it has ${nameOf(node.operator)}, where LogCNN's networks have only ${Object.keys(OPERATORS).join(', ')}`,
      );
    }
    const step = new Step(node, shapes, weightShapes);
    const { shape, factors } = OPERATORS[node.operator](step);
    const [output] = node.outputs;
    if (node.outputs.length !== 1 || shapes.has(output) || weightShapes.has(output)) {
      throw new NetworkError('it has two values of one name');
    }
    shapes.set(output, shape);
    cost.values += sizeOf(shape);
    cost.operations += sizeOf(shape) * (1 + factors);
    if (cost.operations > MAX_OPERATIONS) {
      throw new NetworkError(`it needs more than ${MAX_OPERATIONS} operations an image`);
    }
  }
  const logits = shapes.get('logits');
  if (logits?.length !== 1 || logits[0] !== classes) {
    throw new NetworkError(
      logits === undefined ? 'nothing gives its output' : `it gives ${sizeOf(logits)} values an image, not ${classes}`,
    );
  }
  return cost;
}

function readGraph(model: Uint8Array): ReturnType<typeof readStoredGraph> {
  try {
    return readStoredGraph(model);
  } catch (error) {
    throw error instanceof ProtobufError ? new NetworkError(error.message) : error;
  }
}

/** Requires one input or output with the name, any number of images, and the shape of each. */
function requireValue(what: string, values: readonly StoredValue[], name: string, shape: Shape): void {
  const [value] = values;
  const wanted = `${name} [N, ${shape.join(', ')}]`;
  if (values.length !== 1 || value.name !== name) {
    throw new NetworkError(`its ${what} is not ${wanted}`);
  }
  const [images, ...sizes] = value.shape;
  if (typeof images !== 'string' || sizes.length !== shape.length || sizes.some((size, i) => size !== shape[i])) {
    const found = value.shape.map((size) => (typeof size === 'string' ? 'N' : size)).join(', ');
    throw new NetworkError(`its ${what} is ${name} [${found}], not ${wanted}`);
  }
}

/** An operator that a stranger has named. */
function nameOf(operator: string): string {
  return /^\w{1,64}$/.test(operator) ? `the operator ${operator}` : 'an operator with an odd name';
}

function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}
