import type { LogCnnShape } from '../../src/core/model/logCnn';
import { forwardGraph, parameterCount } from '../../src/core/model/logCnn';
import { GraphBuilder, type Edge } from '../../src/core/model/onnx/graph';
import { ProtobufWriter } from '../../src/core/model/onnx/protobuf';

/** Numbers of the fields of ModelProto and GraphProto. */
export const MODEL_FIELDS = { irVersion: 1, graph: 7, operatorSets: 8, metadata: 14, trainingInfo: 20, functions: 25 };
export const GRAPH_FIELDS = { node: 1, weights: 5, input: 11, output: 12, valueInfo: 13 };

/** A LogCNN whose weights are all zeros but those that are given by their places from the end. */
export function zeroNetwork(shape: LogCnnShape, last: readonly number[] = []): Uint8Array {
  const parameters = new Float32Array(parameterCount(shape));
  parameters.set(last, parameters.length - last.length);
  return forwardGraph(shape, parameters);
}

/** A network from `x` to `logits` of which the middle is given. */
export function network(shape: LogCnnShape, middle: (graph: GraphBuilder, x: Edge) => Edge): Uint8Array {
  const graph = new GraphBuilder();
  const x = graph.input('x', 'float32', ['N', 1, shape.height, shape.width]);
  graph.output('logits', middle(graph, x), 'float32', ['N', shape.classes]);
  return graph.build('test');
}

/** The parts of a model as raw messages, for networks that `GraphBuilder` cannot make. */
export interface RawModel {
  irVersion?: number;
  operatorSets?: [domain: string, version: number][];
  nodes: ProtobufWriter[];
  weights?: ProtobufWriter[];
  inputs?: ProtobufWriter[];
  outputs?: ProtobufWriter[];
  /** Further fields of the graph and of the model. */
  graphFields?: [number, ProtobufWriter][];
  modelFields?: [number, ProtobufWriter][];
}

/** Writes a model from raw messages. */
export function rawModel(raw: RawModel): Uint8Array {
  const graph = new ProtobufWriter();
  raw.nodes.forEach((node) => graph.message(GRAPH_FIELDS.node, node));
  graph.bytes(2, 'test');
  raw.weights?.forEach((tensor) => graph.message(GRAPH_FIELDS.weights, tensor));
  raw.inputs?.forEach((input) => graph.message(GRAPH_FIELDS.input, input));
  raw.outputs?.forEach((output) => graph.message(GRAPH_FIELDS.output, output));
  raw.graphFields?.forEach(([field, message]) => graph.message(field, message));
  const model = new ProtobufWriter().int(MODEL_FIELDS.irVersion, raw.irVersion ?? 8).message(MODEL_FIELDS.graph, graph);
  for (const [domain, version] of raw.operatorSets ?? [['', 17]]) {
    model.message(MODEL_FIELDS.operatorSets, new ProtobufWriter().bytes(1, domain).int(2, version));
  }
  raw.modelFields?.forEach(([field, message]) => model.message(field, message));
  return model.finish();
}

/** A NodeProto. */
export function rawNode(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: readonly ProtobufWriter[] = [],
): ProtobufWriter {
  const node = new ProtobufWriter();
  inputs.forEach((input) => node.bytes(1, input));
  outputs.forEach((output) => node.bytes(2, output));
  node.bytes(4, operator);
  attributes.forEach((attribute) => node.message(5, attribute));
  return node;
}

/** A TensorProto; its values are raw bytes. */
export function rawTensor(name: string, shape: readonly number[], raw: Uint8Array, type = 1): ProtobufWriter {
  const tensor = new ProtobufWriter();
  shape.forEach((size) => tensor.int(1, size));
  return tensor.int(2, type).bytes(8, name).bytes(9, raw);
}

/** A ValueInfoProto. */
export function rawValue(name: string, shape: readonly (number | string)[], type = 1): ProtobufWriter {
  const dimensions = new ProtobufWriter();
  for (const size of shape) {
    const dimension = new ProtobufWriter();
    dimensions.message(1, typeof size === 'string' ? dimension.bytes(2, size) : dimension.int(1, size));
  }
  const tensor = new ProtobufWriter().int(1, type).message(2, dimensions);
  return new ProtobufWriter().bytes(1, name).message(2, new ProtobufWriter().message(1, tensor));
}
