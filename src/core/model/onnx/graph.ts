import { ProtobufWriter } from './protobuf';

/** A value that flows between the nodes of a graph, by its name. */
export type Edge = string;

/** Attribute of a node: a string, whole numbers, or a real number marked by `real`. */
export type Attribute = number | string | readonly number[] | { real: number };

/** Size of a dimension: fixed, or free under a name. */
export type Dimension = number | string;

/** Element types in use, with their number in `TensorProto.DataType`. */
export const DATA_TYPES = { float32: 1, int32: 6, int64: 7 } as const;
export type DataType = keyof typeof DATA_TYPES;

/** The operator set all graphs are written for, and the version of the file format. */
export const OPSET = 17;
export const IR_VERSION = 8;

/**
 * Builds an ONNX model node by node (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). Each method that adds a
 * node gives the edge of its result. Equal constants are stored once.
 */
export class GraphBuilder {
  private readonly nodes: ProtobufWriter[] = [];
  private readonly initializers: ProtobufWriter[] = [];
  private readonly inputs: ProtobufWriter[] = [];
  private readonly outputs: ProtobufWriter[] = [];
  private readonly constants = new Map<string, Edge>();
  private edges = 0;

  /** Declares an input of the model. */
  input(name: string, type: DataType, shape: readonly Dimension[]): Edge {
    this.inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** Declares an output of the model: the value of `edge` under the given name. */
  output(name: string, edge: Edge, type: DataType, shape: readonly Dimension[]): void {
    this.node('Identity', [edge], [name], {});
    this.outputs.push(valueInfo(name, type, shape));
  }

  /** Adds a node with one result. */
  op(type: string, inputs: readonly Edge[], attributes: Record<string, Attribute> = {}): Edge {
    return this.ops(type, inputs, 1, attributes)[0];
  }

  /** Adds a node with several results. */
  ops(type: string, inputs: readonly Edge[], results: number, attributes: Record<string, Attribute> = {}): Edge[] {
    const names = Array.from({ length: results }, () => this.fresh(type));
    this.node(type, inputs, names, attributes);
    return names;
  }

  /** A tensor of weights stored in the model under its name. */
  weights(name: string, shape: readonly number[], values: Float32Array): Edge {
    this.initializers.push(tensor(name, 'float32', shape, values));
    return name;
  }

  /** A real constant. */
  scalar(value: number): Edge {
    return this.constant(`f${value}`, (name) => tensor(name, 'float32', [], Float32Array.of(value)));
  }

  /** A whole number of 32 bits. */
  wholeNumber(value: number): Edge {
    return this.constant(`w${value}`, (name) => tensor(name, 'int32', [], Int32Array.of(value)));
  }

  /** A list of whole numbers, such as a shape. */
  integers(values: readonly number[]): Edge {
    return this.constant(`i${values.join()}`, (name) =>
      tensor(
        name,
        'int64',
        [values.length],
        BigInt64Array.from(values, (value) => BigInt(value)),
      ),
    );
  }

  add(a: Edge, b: Edge): Edge {
    return this.op('Add', [a, b]);
  }

  subtract(a: Edge, b: Edge): Edge {
    return this.op('Sub', [a, b]);
  }

  multiply(a: Edge, b: Edge): Edge {
    return this.op('Mul', [a, b]);
  }

  divide(a: Edge, b: Edge): Edge {
    return this.op('Div', [a, b]);
  }

  maximum(a: Edge, b: Edge): Edge {
    return this.op('Max', [a, b]);
  }

  relu(a: Edge): Edge {
    return this.op('Relu', [a]);
  }

  /** 1 where a > b, else 0, as float32. */
  greater(a: Edge, b: Edge): Edge {
    return this.toReal(this.op('Greater', [a, b]));
  }

  /** 1 where a = b, else 0, as float32. */
  equal(a: Edge, b: Edge): Edge {
    return this.toReal(this.op('Equal', [a, b]));
  }

  /** The values as float32. */
  toReal(a: Edge): Edge {
    return this.op('Cast', [a], { to: DATA_TYPES.float32 });
  }

  /** The highest value along an axis, which stays with length 1. */
  highest(a: Edge, axis: number): Edge {
    return this.op('ReduceMax', [a], { axes: [axis], keepdims: 1 });
  }

  /** The values as whole numbers of 64 bits, as indices of some operators must be. */
  toIndices(a: Edge): Edge {
    return this.op('Cast', [a], { to: DATA_TYPES.int64 });
  }

  /** The rows of a matrix with the given numbers, in the shape of the numbers and a last axis of the row's length. */
  gather(rows: Edge, numbers: Edge): Edge {
    return this.op('Gather', [rows, numbers], { axis: 0 });
  }

  /** Zeros in the given shape. */
  zeros(shape: readonly number[]): Edge {
    return this.op('Expand', [this.scalar(0), this.integers(shape)]);
  }

  /**
   * The backward pass of {@link gather}: a matrix [count, width] where each row is the sum of those rows of `values`
   * [N, width] that have its number in `numbers` [N] (int64).
   */
  scatterRows(values: Edge, numbers: Edge, count: number, width: number): Edge {
    return this.addRows(this.zeros([count, width]), this.reshape(numbers, [-1, 1]), values);
  }

  /** Adds each row of `values` [N, width] to that row of `rows` which has its number in `numbers` [N, 1] (int64). */
  addRows(rows: Edge, numbers: Edge, values: Edge): Edge {
    return this.op('ScatterND', [rows, numbers, values], { reduction: 'add' });
  }

  /** Of each row of a matrix the value in the column that `columns` [N, 1] gives. */
  pick(matrix: Edge, columns: Edge): Edge {
    return this.op('GatherElements', [matrix, columns], { axis: 1 });
  }

  /** Adds `values` [N, 1] to the values that {@link pick} gives. */
  addAt(matrix: Edge, columns: Edge, values: Edge): Edge {
    return this.op('ScatterElements', [matrix, columns, values], { axis: 1, reduction: 'add' });
  }

  /** Sum of several tensors of one shape. */
  sum(edges: readonly Edge[]): Edge {
    return edges.length === 1 ? edges[0] : this.op('Sum', edges);
  }

  /** The same values in another shape; at most one dimension may be -1 (what remains). */
  reshape(a: Edge, shape: readonly number[]): Edge {
    return this.op('Reshape', [a, this.integers(shape)]);
  }

  transpose(a: Edge, permutation: readonly number[]): Edge {
    return this.op('Transpose', [a], { perm: permutation });
  }

  concatenate(edges: readonly Edge[], axis: number): Edge {
    return this.op('Concat', edges, { axis });
  }

  split(a: Edge, sizes: readonly number[], axis: number): Edge[] {
    return this.ops('Split', [a, this.integers(sizes)], sizes.length, { axis });
  }

  /** Elements starts[k], starts[k] + step … before ends[k] along axes[k]. */
  slice(a: Edge, axes: readonly number[], starts: readonly number[], ends: readonly number[], step = 1): Edge {
    const steps = axes.map(() => step);
    return this.op('Slice', [a, ...[starts, ends, axes, steps].map((values) => this.integers(values))]);
  }

  /** Zeros, or another value, before and after along every axis; a negative number of them cuts off. */
  pad(a: Edge, before: readonly number[], after: readonly number[], value?: Edge): Edge {
    const pads = this.integers([...before, ...after]);
    return this.op('Pad', value === undefined ? [a, pads] : [a, pads, value]);
  }

  /** A·B + C of two matrices, each transposed on demand; C, if given, is broadcast. */
  gemm(a: Edge, b: Edge, c?: Edge, transpose: { a?: boolean; b?: boolean } = {}): Edge {
    const inputs = c === undefined ? [a, b] : [a, b, c];
    return this.op('Gemm', inputs, { transA: transpose.a ? 1 : 0, transB: transpose.b ? 1 : 0 });
  }

  reduceSum(a: Edge, axes: readonly number[], keepDimensions = false): Edge {
    return this.op('ReduceSum', [a, this.integers(axes)], { keepdims: keepDimensions ? 1 : 0 });
  }

  /**
   * The finished model, ready for a file or a session.
   * @param name name of the graph, shown by model viewers
   */
  build(name: string): Uint8Array {
    const graph = new ProtobufWriter();
    this.nodes.forEach((node) => graph.message(1, node));
    graph.bytes(2, name);
    this.initializers.forEach((initializer) => graph.message(5, initializer));
    this.inputs.forEach((input) => graph.message(11, input));
    this.outputs.forEach((output) => graph.message(12, output));
    const opset = new ProtobufWriter().bytes(1, '').int(2, OPSET);
    return new ProtobufWriter().int(1, IR_VERSION).bytes(2, 'logcnn').message(7, graph).message(8, opset).finish();
  }

  private node(type: string, inputs: readonly Edge[], results: Edge[], attributes: Record<string, Attribute>): void {
    const node = new ProtobufWriter();
    inputs.forEach((input) => node.bytes(1, input));
    results.forEach((result) => node.bytes(2, result));
    node.bytes(3, `${type}_${this.nodes.length}`).bytes(4, type);
    for (const [name, value] of Object.entries(attributes)) {
      node.message(5, attribute(name, value));
    }
    this.nodes.push(node);
  }

  private constant(key: string, make: (name: string) => ProtobufWriter): Edge {
    let name = this.constants.get(key);
    if (name === undefined) {
      name = this.fresh('constant');
      this.initializers.push(make(name));
      this.constants.set(key, name);
    }
    return name;
  }

  private fresh(stem: string): Edge {
    return `${stem}:${this.edges++}`;
  }
}

/** A TensorProto with its values as raw little-endian bytes (every platform ONNX Runtime runs on is little-endian). */
function tensor(
  name: string,
  type: DataType,
  shape: readonly number[],
  values: Float32Array | Int32Array | BigInt64Array,
): ProtobufWriter {
  const writer = new ProtobufWriter();
  shape.forEach((size) => writer.int(1, size));
  return writer
    .int(2, DATA_TYPES[type])
    .bytes(8, name)
    .bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** A ValueInfoProto: name, element type and shape of an input or output. */
function valueInfo(name: string, type: DataType, shape: readonly Dimension[]): ProtobufWriter {
  const dimensions = new ProtobufWriter();
  for (const size of shape) {
    const dimension = new ProtobufWriter();
    dimensions.message(1, typeof size === 'string' ? dimension.bytes(2, size) : dimension.int(1, size));
  }
  const tensorType = new ProtobufWriter().int(1, DATA_TYPES[type]).message(2, dimensions);
  return new ProtobufWriter().bytes(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}

/** An AttributeProto; field 20 says which kind of value it holds. */
function attribute(name: string, value: Attribute): ProtobufWriter {
  const writer = new ProtobufWriter().bytes(1, name);
  if (typeof value === 'number') {
    return writer.int(3, value).int(20, 2);
  }
  if (typeof value === 'string') {
    return writer.bytes(4, value).int(20, 3);
  }
  if ('real' in value) {
    return writer.float(2, value.real).int(20, 1);
  }
  value.forEach((item) => writer.int(8, item));
  return writer.int(20, 7);
}
