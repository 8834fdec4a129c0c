import type { DetectedFormat } from '../formats/detection';
import { ByteDecoder } from '../input/byteDecoder';
import { inspectText } from '../input/textRule';
import { inspectSample, type LogPreview } from './recordReader';

/**
 * Looks at the beginning of a log as its reader would, which need hold nothing back then.
 * @param beginning its first MiB, as it is on disk, or all of it
 * @param format detected if left out
 * @throws NotTextError if it is no text
 */
export function previewOf(beginning: Uint8Array, format: DetectedFormat | undefined): LogPreview {
  let sample: Uint8Array = new Uint8Array(0);
  const decoder = new ByteDecoder((bytes) => (sample = bytes.slice()));
  decoder.push(beginning);
  decoder.settle();
  return { text: inspectText(beginning), ...inspectSample(sample, format) };
}
