import { encodingNamed, type Encoding } from '../../core/input/encoding';
import type { LogSource } from '../files/logSource';
import type { ScanSettings } from '../settings/scanSettings';

type WithEncoding = Pick<ScanSettings, 'encoding'>;

/**
 * The encoding that is asked for.
 * @throws UserError if there is none of that name
 */
export function encodingOf({ encoding }: WithEncoding): Encoding | undefined {
  return encoding === undefined ? undefined : encodingNamed(encoding);
}

/**
 * The log in the encoding that is asked for, unless it is decoded already.
 * @throws UserError if there is none of that name
 */
export function inEncoding(source: LogSource, settings: WithEncoding): LogSource {
  return { ...source, encoding: source.encoding ?? encodingOf(settings) };
}
