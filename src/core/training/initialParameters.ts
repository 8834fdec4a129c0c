import { parameterCount, parameterTensors, sizeOf, type LogCnnShape } from '../model/logCnn';
import type { Random } from '../numeric/random';

/**
 * Initial flat parameter vector as PyTorch initialises such layers: weights and biases uniform within ±1/√(values that
 * enter a neuron) (He et al., "Delving Deep into Rectifiers", 2015, with a = √5).
 */
export function initialParameters(shape: LogCnnShape, random: Random): Float32Array {
  const parameters = new Float32Array(parameterCount(shape));
  let offset = 0;
  let bound = 0;
  for (const tensor of parameterTensors(shape)) {
    const size = sizeOf(tensor);
    if (tensor.shape.length > 1) {
      bound = Math.sqrt(tensor.shape[0] / size);
    }
    for (const end = offset + size; offset < end; offset++) {
      parameters[offset] = (2 * random.next() - 1) * bound;
    }
  }
  return parameters;
}
