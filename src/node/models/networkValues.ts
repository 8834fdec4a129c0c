import type { Tensor } from 'onnxruntime-node';
import type { Parameter, UserMessage } from '../../core/errors/messages';
import { UserError } from '../../core/errors/userError';

/**
 * The values that a network gave, as a judge may take them: NaN would be no score, but pass for one that is not anomalous.
 * @param count how many values there must be
 * @param network how to call the network in messages
 * @param remedy what to do where they are not
 * @throws UserError if they are not so many finite real numbers
 */
export function requireFinite(
  { type, data }: Tensor,
  count: number,
  network: Parameter,
  remedy: UserMessage,
): Float32Array {
  const values = type === 'float32' ? (data as Float32Array) : undefined;
  if (values?.length !== count) {
    throw new UserError('network-values-missing', { path: network, length: data.length, type, count, remedy });
  }
  for (const value of values) {
    if (!Number.isFinite(value)) {
      throw new UserError('network-values-infinite', { path: network, value, remedy });
    }
  }
  return values;
}
