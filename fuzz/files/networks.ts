import { GraphBuilder, type Edge } from '../../src/core/model/onnx/graph';
import { ProtobufWriter } from '../../src/core/model/onnx/protobuf';
import { forwardGraph, parameterCount } from '../../src/core/model/logCnn';
import { toBinary, fromBinary } from '../binary';
import type { InputRandom } from '../random';

/** Size of the images of the networks that are made here. */
export interface ImageShape {
  height: number;
  width: number;
}

/** A network that may be no good. */
export interface HostileNetwork {
  name: string;
  make(shape: ImageShape, random: InputRandom): Uint8Array;
}

/** Networks that a file may hold in place of the one that was trained. */
export const HOSTILE_NETWORKS: readonly HostileNetwork[] = [
  { name: 'weights at random', make: (shape, random) => trained(shape, () => random.next() - 0.5) },
  { name: 'huge weights', make: (shape, random) => trained(shape, () => random.pick([1e38, -1e38])) },
  {
    name: 'weights that are no numbers',
    make: (shape, random) => trained(shape, () => random.pick([NaN, Infinity, 0])),
  },
  {
    name: 'bits flipped',
    make: (shape, random) =>
      flipped(
        trained(shape, () => 0.01),
        random,
        random.size(60),
      ),
  },
  {
    name: 'cut',
    make: (shape: ImageShape, random: InputRandom): Uint8Array => {
      const bytes = trained(shape, () => 0);
      return bytes.subarray(0, random.below(bytes.length + 1));
    },
  },
  { name: 'another size', make: ({ height, width }) => trained({ height: height + 4, width: width + 3 }, () => 0) },
  { name: 'random bytes', make: (_, random) => random.bytes(random.size(3000)) },
  { name: 'a constant', make: (shape) => simple(shape, (graph) => graph.weights('k', [1, 2], Float32Array.of(0, 1))) },
  { name: 'NaN', make: (shape) => simple(shape, (graph, sums) => graph.divide(sums, graph.subtract(sums, sums))) },
  {
    name: 'NaN for images that are not empty',
    make: (shape) => simple(shape, (graph, sums) => graph.op('Log', [graph.subtract(graph.scalar(1), sums)])),
  },
  {
    name: 'a giant tensor',
    make: (shape, random) =>
      simple(shape, (graph, sums) =>
        graph.add(sums, graph.reduceSum(graph.zeros([random.pick([1 << 20, 1 << 28, 1 << 30]), 2]), [0], true)),
      ),
  },
  {
    name: 'a tensor with odd dimensions',
    make: (shape, random) =>
      simple(shape, (graph, sums) => graph.add(sums, graph.zeros([random.pick([-1, 0, -(2 ** 40), 2 ** 60]), 2]))),
  },
  {
    name: 'an unknown operator',
    make: (shape, random) =>
      simple(shape, (graph, sums) => graph.op(random.pick(['Foo', '', 'PyOp', 'com.evil.Run', '\u0000']), [sums])),
  },
  {
    name: 'operators that need no weights',
    make: (shape, random) =>
      simple(shape, (graph, sums) =>
        graph.op(random.pick(['Exp', 'Sqrt', 'RandomNormalLike', 'Softmax', 'Neg', 'NonZero', 'Shape']), [sums]),
      ),
  },
  { name: 'a loop that does not end', make: (shape) => withLoop(shape) },
  { name: 'weights in another file', make: (shape, random) => withExternalData(shape, random) },
  { name: 'no output', make: ({ height, width }) => withoutOutput({ height, width }) },
];

/** Some bytes of a network changed. */
export function flipped(bytes: Uint8Array, random: InputRandom, count: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  for (let i = 0; i < count; i++) {
    changed[random.below(changed.length)] ^= 1 << random.below(8);
  }
  return changed;
}

function trained(shape: ImageShape, weight: () => number): Uint8Array {
  const whole = { ...shape, classes: 2 };
  return forwardGraph(whole, Float32Array.from({ length: parameterCount(whole) }, weight));
}

/** A network without convolutions: its output is made of two sums over each image. */
function simple({ height, width }: ImageShape, output: (graph: GraphBuilder, sums: Edge) => Edge): Uint8Array {
  const graph = new GraphBuilder();
  const x = graph.input('x', 'float32', ['N', 1, height, width]);
  const sums = graph.reduceSum(graph.reshape(x, [0, 1, -1]), [2]);
  graph.output('logits', output(graph, graph.concatenate([sums, sums], 1)), 'float32', ['N', 2]);
  return graph.build('simple');
}

function withoutOutput({ height, width }: ImageShape): Uint8Array {
  const graph = new GraphBuilder();
  graph.input('x', 'float32', ['N', 1, height, width]);
  return graph.build('nothing');
}

/** A loop over nothing whose condition stays true, beside what the network gives. */
function withLoop(shape: ImageShape): Uint8Array {
  const body = new ProtobufWriter();
  body.message(1, node('Identity', ['condition'], ['goesOn']));
  body.message(1, node('Identity', ['value'], ['next']));
  body.bytes(2, 'body');
  for (const [name, type] of [
    ['i', 7],
    ['condition', 9],
    ['value', 1],
  ] as const) {
    body.message(11, value(name, type));
  }
  for (const [name, type] of [
    ['goesOn', 9],
    ['next', 1],
  ] as const) {
    body.message(12, value(name, type));
  }
  const graph = new ProtobufWriter();
  const attribute = new ProtobufWriter().bytes(1, 'body').message(6, body).int(20, 5);
  graph.message(1, node('ReduceSum', ['x'], ['sum'], new ProtobufWriter().bytes(1, 'keepdims').int(3, 0).int(20, 2)));
  graph.message(1, node('Cast', ['sum'], ['isTrue'], new ProtobufWriter().bytes(1, 'to').int(3, 9).int(20, 2)));
  graph.message(1, node('Not', ['isTrue'], ['start']));
  graph.message(1, node('Loop', ['', 'start', 'sum'], ['last'], attribute));
  graph.message(
    1,
    node('Concat', ['pair', 'pair'], ['logits'], new ProtobufWriter().bytes(1, 'axis').int(3, 1).int(20, 2)),
  );
  graph.bytes(2, 'loop');
  graph.message(11, value('x', 1, [1, 1, shape.height, shape.width]));
  graph.message(12, value('last', 1));
  return model(graph);
}

/** A network whose weights are said to lie in another file. */
function withExternalData({ height, width }: ImageShape, random: InputRandom): Uint8Array {
  const location = random.pick([
    '/etc/passwd',
    '../../../../etc/passwd',
    'weights.bin',
    'model.onnx',
    '/dev/zero',
    '\\\\evil.example\\x\\y',
    '',
  ]);
  const entry = (key: string, text: string): ProtobufWriter => new ProtobufWriter().bytes(1, key).bytes(2, text);
  const tensor = new ProtobufWriter().int(1, 1).int(1, 2).int(2, 1).bytes(8, 'w');
  tensor.message(13, entry('location', location)).message(13, entry('length', '8')).int(14, 1);
  const graph = new ProtobufWriter()
    .message(1, node('Identity', ['w'], ['logits']))
    .bytes(2, 'external')
    .message(5, tensor);
  graph.message(11, value('x', 1, [1, 1, height, width])).message(12, value('logits', 1, [1, 2]));
  return model(graph);
}

function node(
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attribute?: ProtobufWriter,
): ProtobufWriter {
  const writer = new ProtobufWriter();
  inputs.forEach((name) => writer.bytes(1, name));
  outputs.forEach((name) => writer.bytes(2, name));
  writer.bytes(4, type);
  return attribute === undefined ? writer : writer.message(5, attribute);
}

function value(name: string, type: number, shape: readonly number[] = []): ProtobufWriter {
  const dimensions = new ProtobufWriter();
  shape.forEach((size) => dimensions.message(1, new ProtobufWriter().int(1, size)));
  const tensor = new ProtobufWriter().int(1, type).message(2, dimensions);
  return new ProtobufWriter().bytes(1, name).message(2, new ProtobufWriter().message(1, tensor));
}

function model(graph: ProtobufWriter): Uint8Array {
  const opset = new ProtobufWriter().bytes(1, '').int(2, 17);
  return fromBinary(toBinary(new ProtobufWriter().int(1, 8).message(7, graph).message(8, opset).finish()));
}
