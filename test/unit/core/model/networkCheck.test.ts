import assert from 'node:assert/strict';
import { forwardGraph, parameterCount, type LogCnnShape } from '../../../../src/core/model/logCnn';
import { checkNetwork, MAX_PARAMETERS, NetworkError } from '../../../../src/core/model/networkCheck';
import { ProtobufWriter } from '../../../../src/core/model/onnx/protobuf';
import { nextEventForwardGraph } from '../../../../src/core/model/nextEventCnn';
import {
  GRAPH_FIELDS,
  MODEL_FIELDS,
  network,
  rawModel,
  rawNode,
  rawTensor,
  rawValue,
  zeroNetwork,
  type RawModel,
} from '../../../support/storedNetworks';

describe('checkNetwork', () => {
  const shape: LogCnnShape = { height: 9, width: 8, classes: 2 };
  const area = shape.height * shape.width;
  const flat = (size: number, value = 0): Float32Array => new Float32Array(size).fill(value);

  // A network of one layer, x → Flatten → Gemm → logits, of which each case changes a part.
  const weightBytes = new Uint8Array(4 * 2 * area);
  const integer = (name: string, value: number): ProtobufWriter =>
    new ProtobufWriter().bytes(1, name).int(3, value).int(20, 2);
  const flatten = rawNode('Flatten', ['x'], ['flat'], [integer('axis', 1)]);
  const transposed = [integer('transA', 0), integer('transB', 1)];
  const gemm = rawNode('Gemm', ['flat', 'w', 'b'], ['logits'], transposed);
  const bias = rawTensor('b', [2], new Uint8Array(8));
  const plain = {
    nodes: [flatten, gemm],
    weights: [rawTensor('w', [2, area], weightBytes), bias],
    inputs: [rawValue('x', ['N', 1, 9, 8])],
    outputs: [rawValue('logits', ['N', 2])],
  } satisfies RawModel;
  const changed = (change: Partial<RawModel>): Uint8Array => rawModel({ ...plain, ...change });
  const before = (...nodes: ProtobufWriter[]): Uint8Array => changed({ nodes: [...nodes, ...plain.nodes] });
  const weighed = (tensor: ProtobufWriter): Uint8Array => changed({ weights: [tensor, bias] });

  it('takes the networks that LogCNN writes, and tells what they cost', () => {
    const image = { height: 31, width: 31, classes: 2 };
    const { values, operations } = checkNetwork(forwardGraph(image, flat(parameterCount(image))), image);
    // Convolution and ReLU, pooling, twice; flat, three layers, two of them with ReLU, and the output.
    const layers = [
      2 * 16 * 30 * 30 + 16 * 15 * 15,
      2 * 32 * 14 * 14 + 32 * 7 * 7,
      32 * 7 * 7,
      2 * 120 + 2 * 84 + 2 * 2,
    ];
    assert.equal(values, 31 * 31 + layers.reduce((sum, size) => sum + size));
    const multiplications =
      16 * 30 * 30 * 4 + 16 * 15 * 15 * 4 + 32 * 14 * 14 * 64 + 32 * 49 * 4 + 32 * 49 * 120 + 120 * 84 + 84 * 2;
    assert.equal(operations, values + multiplications);
  });

  it('takes them wherever they lie in a buffer', () => {
    for (const offset of [0, 1, 2, 3]) {
      const part = Buffer.concat([Buffer.alloc(offset), zeroNetwork(shape)]).subarray(offset);
      assert.deepEqual(checkNetwork(part, shape), checkNetwork(zeroNetwork(shape), shape));
    }
  });

  it('takes the plain network that the cases below change', () => {
    assert.ok(checkNetwork(rawModel(plain), shape).operations > 0);
  });

  const attribute = (field: number, type: number): ProtobufWriter =>
    new ProtobufWriter().bytes(1, 'body').bytes(field, rawModel(plain)).int(20, type);
  const tensorWith = (field: number, value: string | Uint8Array): ProtobufWriter =>
    new ProtobufWriter().int(1, 2).int(1, area).int(2, 1).bytes(8, 'w').bytes(field, value);
  const odd = (values: Record<number, number>): Uint8Array => {
    const raw = new Float32Array(2 * area);
    Object.entries(values).forEach(([i, value]) => (raw[Number(i)] = value));
    return new Uint8Array(raw.buffer);
  };
  const cases: [string, () => Uint8Array, RegExp][] = [
    ['nothing', () => new Uint8Array(0), /has no field 1/],
    ['a text', () => new TextEncoder().encode('not a network'), /does not write|cut off|no field/],
    [
      'a Loop',
      () => before(rawNode('Loop', ['', '', 'x'], ['y'], [attribute(6, 5)])),
      /field that LogCNN does not write/,
    ],
    ['a Loop without its body', () => before(rawNode('Loop', ['', '', 'x'], ['y'])), /has the operator Loop, where/],
    ['an If', () => before(rawNode('If', ['x'], ['y'], [attribute(6, 5)])), /field that LogCNN does not write/],
    ['a list of subgraphs', () => before(rawNode('If', ['x'], ['y'], [attribute(11, 10)])), /does not write/],
    ['a tensor as attribute', () => before(rawNode('Constant', [], ['y'], [attribute(5, 4)])), /does not write/],
    ['a ConstantOfShape', () => before(rawNode('ConstantOfShape', ['w'], ['y'])), /has the operator ConstantOfShape/],
    ['an Expand', () => network(shape, (graph, x) => graph.op('Expand', [x, x])), /has the operator Expand/],
    ['an operator of Object', () => before(rawNode('constructor', ['x'], ['y'])), /has the operator constructor/],
    [
      'an operator with a name that clears the screen',
      () => before(rawNode('\u001b[2J', ['x'], ['y'])),
      /with an odd name/,
    ],
    [
      'an operator of another domain',
      () => before(rawNode('Relu', ['x'], ['y']).bytes(7, 'com.example')),
      /node has a field that LogCNN does not write \(number 7\)/,
    ],
    ['another operator set', () => changed({ operatorSets: [['com.example', 17]] }), /operator set that is not/],
    [
      'a second operator set',
      () =>
        changed({
          operatorSets: [
            ['', 17],
            ['com.example', 1],
          ],
        }),
      /number of operator sets/,
    ],
    ['an operator set of another version', () => changed({ operatorSets: [['', 7]] }), /operator set version is 7/],
    ['another format version', () => changed({ irVersion: 99 }), /format version is 99/],
    ['functions', () => changed({ modelFields: [[MODEL_FIELDS.functions, flatten]] }), /does not write \(number 25\)/],
    ['training info', () => changed({ modelFields: [[MODEL_FIELDS.trainingInfo, flatten]] }), /\(number 20\)/],
    ['a second graph', () => changed({ modelFields: [[MODEL_FIELDS.graph, new ProtobufWriter()]] }), /field 7 twice/],
    [
      'values of other shapes',
      () => changed({ graphFields: [[GRAPH_FIELDS.valueInfo, plain.inputs[0]]] }),
      /\(number 13\)/,
    ],
    ['external data', () => weighed(tensorWith(13, new Uint8Array(0))), /weights has a field.*\(number 13\)/],
    ['a place of its data', () => weighed(tensorWith(9, weightBytes).int(14, 1)), /\(number 14\)/],
    ['text as weights', () => weighed(tensorWith(6, 'text')), /\(number 6\)/],
    [
      'weights of 64-bit integers',
      () => weighed(rawTensor('w', [2, area], weightBytes, 7)),
      /element type of weights is 7/,
    ],
    ['weights of fewer bytes', () => weighed(rawTensor('w', [2, area], weightBytes.subarray(4))), /in 572 bytes/],
    ['a negative dimension', () => weighed(rawTensor('w', [-2, area], weightBytes)), /negative or too large/],
    [
      'dimensions beyond all memory',
      () => weighed(rawTensor('w', [2 ** 40, 2 ** 40], weightBytes)),
      /weights of shape/,
    ],
    [
      'dimensions that wrap round',
      () => weighed(rawTensor('w', [2 ** 33, 2 ** 31, area], weightBytes)),
      /weights of shape/,
    ],
    ['a dimension of zero', () => weighed(rawTensor('w', [0, area], new Uint8Array(0))), /weights of shape/],
    [
      'a thousand dimensions',
      () => weighed(rawTensor('w', Array<number>(1000).fill(1), weightBytes)),
      /1000 dimensions/,
    ],
    ['weights that are NaN', () => weighed(rawTensor('w', [2, area], odd({ 7: NaN }))), /weights that are not finite/],
    [
      'infinite weights',
      () => weighed(rawTensor('w', [2, area], odd({ 0: -Infinity }))),
      /weights that are not finite/,
    ],
    ['weights twice', () => changed({ weights: [...plain.weights, plain.weights[0]] }), /two values of one name/],
    [
      'weights in place of the input',
      () => changed({ weights: [...plain.weights, rawTensor('x', [1], new Uint8Array(4))] }),
      /two values/,
    ],
    ['no input', () => changed({ inputs: [] }), /its input is not x \[N, 1, 9, 8\]/],
    ['a second input', () => changed({ inputs: [plain.inputs[0], rawValue('y', ['N'])] }), /its input is not x/],
    [
      'images of another size',
      () => changed({ inputs: [rawValue('x', ['N', 1, 9, 9])] }),
      /x \[N, 1, 9, 9\], not x \[N, 1, 9, 8\]/,
    ],
    ['one image only', () => changed({ inputs: [rawValue('x', [1, 1, 9, 8])] }), /not x \[N, 1, 9, 8\]/],
    ['whole numbers as input', () => changed({ inputs: [rawValue('x', ['N', 1, 9, 8], 6)] }), /element type of inputs/],
    ['no output', () => changed({ outputs: [] }), /its output is not logits \[N, 2\]/],
    ['another output', () => changed({ outputs: [rawValue('flat', ['N', 72])] }), /its output is not logits/],
    [
      'three classes',
      () => zeroNetwork({ ...shape, classes: 3 }),
      /its output is logits \[N, 3\], not logits \[N, 2\]/,
    ],
    [
      'text as output',
      () => changed({ outputs: [rawValue('logits', ['N', 2], 8)] }),
      /element type of inputs and outputs is 8/,
    ],
    [
      'a sequence as output',
      () => {
        const type = new ProtobufWriter().message(4, new ProtobufWriter());
        return changed({ outputs: [new ProtobufWriter().bytes(1, 'logits').message(2, type)] });
      },
      /type has a field that LogCNN does not write \(number 4\)/,
    ],
    [
      'a constant as output',
      () => changed({ nodes: [rawNode('Identity', ['b'], ['logits'])] }),
      /something else than the image/,
    ],
    ['an output that nothing gives', () => changed({ nodes: [flatten] }), /nothing gives its output/],
    [
      'an output of another size',
      () => changed({ nodes: [rawNode('Identity', ['x'], ['logits'])] }),
      /gives 72 values an image/,
    ],
    ['a node before its input', () => changed({ nodes: [gemm, flatten] }), /something else than the image/],
    ['a circle', () => before(rawNode('Relu', ['y'], ['y'])), /something else than the image/],
    ['a result twice', () => before(rawNode('Relu', ['x'], ['x'])), /two values of one name/],
    ['two results of a node', () => before(rawNode('Relu', ['x'], ['y', 'z'])), /two values of one name/],
    [
      'a subgraph beside the right attributes',
      () => before(rawNode('Flatten', ['x'], ['y'], [integer('axis', 1), attribute(6, 5)])),
      /does not write/,
    ],
    [
      'an attribute twice',
      () => before(rawNode('Flatten', ['x'], ['y'], [integer('axis', 1), integer('axis', 1)])),
      /attribute twice/,
    ],
    [
      'an attribute of another type',
      () => before(rawNode('Flatten', ['x'], ['y'], [integer('axis', 1).int(8, 1)])),
      /neither a whole number nor a list/,
    ],
    ['another axis', () => before(rawNode('Flatten', ['x'], ['y'], [integer('axis', 0)])), /Flatten does not fit/],
    [
      'padding without end',
      () =>
        network(shape, (graph, x) =>
          graph.op('MaxPool', [x], { kernel_shape: [2, 2], strides: [2, 2], pads: [0, 0, 1e9, 1e9] }),
        ),
      /MaxPool has other attributes than kernel_shape, strides/,
    ],
    [
      'strides of zero',
      () => network(shape, (graph, x) => graph.op('MaxPool', [x], { kernel_shape: [2, 2], strides: [0, 2] })),
      /no pair of sizes/,
    ],
    [
      'a kernel larger than the image',
      () => network(shape, (graph, x) => graph.op('MaxPool', [x], { kernel_shape: [2, 2 ** 40], strides: [1, 1] })),
      /MaxPool does not fit/,
    ],
    [
      'work without end',
      () => {
        const side = { kernel_shape: [1, 1] };
        return network(shape, (graph, x) => {
          const wide = graph.op(
            'Conv',
            [x, graph.weights('u', [4096, 1, 1, 1], flat(4096)), graph.weights('ub', [4096], flat(4096))],
            side,
          );
          const weights = graph.weights('v', [4096, 4096, 1, 1], flat(4096 * 4096));
          return graph.op('Conv', [wide, weights, graph.weights('vb', [4096], flat(4096))], side);
        });
      },
      /needs more than 1073741824 operations an image/,
    ],
    [
      'more nodes than are read',
      () => before(...Array.from({ length: 5000 }, (_, i) => rawNode('Relu', ['x'], [`y${i}`]))),
      /more than 4096 fields/,
    ],
    ['another network of LogCNN', () => nextEventForwardGraph(5), /./],
  ];
  for (const [name, make, message] of cases) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => checkNetwork(make(), shape),
        (error) => error instanceof NetworkError && message.test(error.message) && error.message.length < 200,
      );
    });
  }

  it('refuses more weights than are run', () => {
    const size = MAX_PARAMETERS / 2 + 1;
    const raw = new Uint8Array(4 * size);
    const many = changed({ weights: [rawTensor('w', [size], raw), rawTensor('v', [size], raw)] });
    assert.throws(() => checkNetwork(many, shape), /more than the 33554432 that are run/);
  });

  it('refuses a network that is cut off, wherever', () => {
    const whole = zeroNetwork({ height: 7, width: 7, classes: 2 });
    for (let length = 0; length < whole.length; length += 97) {
      assert.throws(() => checkNetwork(whole.subarray(0, length), { height: 7, width: 7, classes: 2 }), NetworkError);
    }
  });
});
