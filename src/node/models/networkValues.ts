import type { Tensor } from 'onnxruntime-node';
import { InputError } from '../files/inputError';

/**
 * The values that a network gave, as a judge may take them: NaN would be no score, but pass for one that is not anomalous.
 * @param count how many values there must be
 * @param network how to call the network in messages
 * @param remedy what to do where they are not, in a few words
 * @throws InputError if they are not so many finite real numbers
 */
export function requireFinite({ type, data }: Tensor, count: number, network: string, remedy: string): Float32Array {
  const values = type === 'float32' ? (data as Float32Array) : undefined;
  if (values?.length !== count) {
    throw new InputError(
      `${network} gives ${data.length} values of type ${type} where ${count} of type float32 are expected; ${remedy}.`,
    );
  }
  for (const value of values) {
    if (!Number.isFinite(value)) {
      throw new InputError(
        `${network} gives values that are not finite (${value}), so nothing can be judged by it; ${remedy}.`,
      );
    }
  }
  return values;
}
