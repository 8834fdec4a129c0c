import { DATA_TYPES, IR_VERSION, OPSET } from './graph';
import { once, ProtobufError, ProtobufMessage, repeated } from './protobufReader';

/** A node of a graph that was read. */
export interface StoredNode {
  operator: string;
  inputs: string[];
  outputs: string[];
  /** Whole numbers and lists of them, as the operators of a network for inference have them. */
  attributes: Map<string, number | number[]>;
}

/** Weights of a graph that was read; all are float32. */
export interface StoredWeights {
  name: string;
  shape: number[];
  /** As many as the shape says, all finite. */
  values: Float32Array;
}

/** An input or output of a graph that was read, of type float32. */
export interface StoredValue {
  name: string;
  /** Its dimensions; a text is the name of a free one. */
  shape: (number | string)[];
}

/** The content of a model.onnx, in the order of the file. */
export interface StoredGraph {
  nodes: StoredNode[];
  weights: StoredWeights[];
  inputs: StoredValue[];
  outputs: StoredValue[];
}

// The fields that GraphBuilder writes; all others, among them functions, subgraphs, external data and training info, are
// faults (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
const MODEL = {
  irVersion: once(1, 'integer'),
  producer: once(2, 'bytes'),
  graph: once(7, 'bytes'),
  operatorSets: repeated(8, 'bytes'),
};
const OPERATOR_SET = { domain: once(1, 'bytes'), version: once(2, 'integer') };
const GRAPH = {
  nodes: repeated(1, 'bytes'),
  name: once(2, 'bytes'),
  weights: repeated(5, 'bytes'),
  inputs: repeated(11, 'bytes'),
  outputs: repeated(12, 'bytes'),
};
const NODE = {
  inputs: repeated(1, 'bytes'),
  outputs: repeated(2, 'bytes'),
  name: once(3, 'bytes'),
  operator: once(4, 'bytes'),
  attributes: repeated(5, 'bytes'),
};
const ATTRIBUTE = {
  name: once(1, 'bytes'),
  integer: once(3, 'integer'),
  integers: repeated(8, 'integer'),
  type: once(20, 'integer'),
};
const TENSOR = {
  shape: repeated(1, 'integer'),
  type: once(2, 'integer'),
  name: once(8, 'bytes'),
  values: once(9, 'bytes'),
};
const VALUE = { name: once(1, 'bytes'), type: once(2, 'bytes') };
const TYPE = { tensor: once(1, 'bytes') };
const TENSOR_TYPE = { element: once(1, 'integer'), shape: once(2, 'bytes') };
const SHAPE = { dimensions: repeated(1, 'bytes') };
const DIMENSION = { size: once(1, 'integer'), name: once(2, 'bytes') };

/** Dimensions of a tensor; messages name them all. */
const MAX_DIMENSIONS = 8;

/** Numbers of `AttributeProto.AttributeType`. */
const INTEGER = 2;
const INTEGERS = 7;

/**
 * Reads a network as `GraphBuilder` writes it, without running anything of it. What it would not write is a fault, so that
 * whatever else runs the file has nothing in it but what is given here.
 * @param model content of a model.onnx
 * @throws ProtobufError if it is damaged or has anything that `GraphBuilder` does not write for inference
 */
export function readStoredGraph(model: Uint8Array): StoredGraph {
  const message = new ProtobufMessage(model, 'model', MODEL);
  requireNumber('format version', message.integer('irVersion'), IR_VERSION);
  const operatorSets = message.manyBytes('operatorSets');
  requireNumber('number of operator sets', operatorSets.length, 1);
  const operatorSet = new ProtobufMessage(operatorSets[0], 'operator set', OPERATOR_SET);
  if (operatorSet.text('domain') !== '') {
    throw new ProtobufError('it wants an operator set that is not that of ONNX');
  }
  requireNumber('operator set version', operatorSet.integer('version'), OPSET);
  const graph = new ProtobufMessage(message.bytes('graph'), 'graph', GRAPH);
  return {
    nodes: graph.manyBytes('nodes').map(readNode),
    weights: graph.manyBytes('weights').map(readWeights),
    inputs: graph.manyBytes('inputs').map(readValue),
    outputs: graph.manyBytes('outputs').map(readValue),
  };
}

function readNode(bytes: Uint8Array): StoredNode {
  const node = new ProtobufMessage(bytes, 'node', NODE);
  const attributes = new Map<string, number | number[]>();
  for (const each of node.manyBytes('attributes')) {
    const attribute = new ProtobufMessage(each, 'attribute', ATTRIBUTE);
    const name = attribute.text('name');
    const type = attribute.integer('type');
    const isList = type === INTEGERS && !attribute.has('integer');
    if (!isList && (type !== INTEGER || attribute.has('integers'))) {
      throw new ProtobufError('it has an attribute that is neither a whole number nor a list of them');
    }
    if (attributes.has(name)) {
      throw new ProtobufError('it has an attribute twice');
    }
    attributes.set(name, isList ? attribute.integers('integers') : attribute.integer('integer'));
  }
  return { operator: node.text('operator'), inputs: node.texts('inputs'), outputs: node.texts('outputs'), attributes };
}

function readWeights(bytes: Uint8Array): StoredWeights {
  const tensor = new ProtobufMessage(bytes, 'weights', TENSOR);
  requireNumber('element type of weights', tensor.integer('type'), DATA_TYPES.float32);
  const shape = tensor.integers('shape');
  const raw = tensor.bytes('values');
  requireRank(shape.length);
  const size = shape.reduce((product, length) => product * length, 1);
  if (size === 0 || raw.length !== size * Float32Array.BYTES_PER_ELEMENT) {
    throw new ProtobufError(`it has weights of shape [${shape.join(', ')}] in ${raw.length} bytes`);
  }
  // A copy, for the values need not lie at a multiple of four.
  const values = new Float32Array(new Uint8Array(raw).buffer);
  if (!values.every(Number.isFinite)) {
    throw new ProtobufError('it has weights that are not finite');
  }
  return { name: tensor.text('name'), shape, values };
}

function readValue(bytes: Uint8Array): StoredValue {
  const value = new ProtobufMessage(bytes, 'input or output', VALUE);
  const type = new ProtobufMessage(value.bytes('type'), 'type', TYPE);
  const tensor = new ProtobufMessage(type.bytes('tensor'), 'type', TENSOR_TYPE);
  requireNumber('element type of inputs and outputs', tensor.integer('element'), DATA_TYPES.float32);
  const shape = new ProtobufMessage(tensor.bytes('shape'), 'shape', SHAPE);
  const dimensions = shape.manyBytes('dimensions');
  requireRank(dimensions.length);
  return {
    name: value.text('name'),
    shape: dimensions.map((each) => {
      const dimension = new ProtobufMessage(each, 'dimension', DIMENSION);
      if (dimension.has('size') === dimension.has('name')) {
        throw new ProtobufError('it has a dimension that is neither fixed nor free');
      }
      return dimension.has('size') ? dimension.integer('size') : dimension.text('name');
    }),
  };
}

function requireRank(rank: number): void {
  if (rank > MAX_DIMENSIONS) {
    throw new ProtobufError(`it has a tensor of ${rank} dimensions`);
  }
}

function requireNumber(what: string, found: number, wanted: number): void {
  if (found !== wanted) {
    throw new ProtobufError(`its ${what} is ${found} where LogCNN writes ${wanted}`);
  }
}
