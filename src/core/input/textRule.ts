import { endOfNuls } from './bytes';
import { legacyEncoding, type LegacyEncoding } from './legacyEncoding';

/** The encodings of a log that are read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | LegacyEncoding;

/** Whether a character of ASCII has two bytes in the encoding. */
export function isUtf16(encoding: Encoding): boolean {
  return encoding === 'utf-16le' || encoding === 'utf-16be';
}

/** How many bytes at the beginning of a file decide on its encoding and whether it is text. */
export const SAMPLE_BYTES = 64 * 1024;

/** Length of the longest byte order mark. */
export const BOM_BYTES = 3;

/** Bytes of the shortest run of NULs in the midst of a text that is a hole: disks write so many at once. */
const MIN_HOLE = 512;

/** What the beginning of a file says about it. */
export interface TextVerdict {
  /** False if the file is no text: the scan refuses it. */
  text: boolean;
  encoding: Encoding;
  /** Length of the byte order mark in bytes, 0 if there is none. */
  bomLength: number;
}

/** What is said of text that was decoded before. */
export const DECODED: TextVerdict = { text: true, encoding: 'utf-8', bomLength: 0 };

/** Control bytes that logs hold: TAB, LF, CR and ESC (colours). */
const ALLOWED_CONTROLS = new Set([0x09, 0x0a, 0x0d, 0x1b]);

/**
 * Decides on encoding and textness by the first bytes of a file (at most {@link SAMPLE_BYTES} are looked at).
 *
 * A byte order mark decides; else UTF-16 shows by NUL bytes at every other place, as in any text with ASCII in it, and an
 * encoding of before Unicode by its usual characters, see {@link legacyEncoding}.
 * A file is no text if more than a tenth of the sample are control bytes and it is not UTF-16. NUL bytes at the beginning and
 * at the end do not count, nor do long runs of them between, unless there is nothing else: they are holes, as a crash, a
 * preallocation or a writer that goes on behind the end of a log that was cut leave them.
 * @param sample the first bytes; those of a file that begins with a hole are the first ones behind it, see ByteDecoder
 */
export function inspectText(sample: Uint8Array): TextVerdict {
  const length = Math.min(sample.length, SAMPLE_BYTES);
  if (length >= 3 && sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) {
    return { text: isMostlyText(sample, 3, length), encoding: 'utf-8', bomLength: 3 };
  }
  if (length >= 2 && sample[0] === 0xff && sample[1] === 0xfe) {
    return { text: true, encoding: 'utf-16le', bomLength: 2 };
  }
  if (length >= 2 && sample[0] === 0xfe && sample[1] === 0xff) {
    return { text: true, encoding: 'utf-16be', bomLength: 2 };
  }
  const utf16 = utf16ByNulPattern(sample, length);
  if (utf16 !== undefined) {
    return { text: true, encoding: utf16, bomLength: 0 };
  }
  const text = isMostlyText(sample, 0, length);
  const legacy = text ? legacyEncoding(sample.subarray(0, length)) : undefined;
  return { text, encoding: legacy ?? 'utf-8', bomLength: 0 };
}

function isMostlyText(sample: Uint8Array, start: number, length: number): boolean {
  let controls = 0;
  let counted = 0;
  for (let i = start; i < length; i++) {
    const byte = sample[i];
    if (byte === 0) {
      const end = endOfNuls(sample, i, length);
      const isHole = i === start || end === length || end - i >= MIN_HOLE;
      controls += isHole ? 0 : end - i;
      counted += isHole ? 0 : end - i;
      i = end - 1;
    } else {
      counted++;
      controls += (byte < 0x20 || byte === 0x7f) && !ALLOWED_CONTROLS.has(byte) ? 1 : 0;
    }
  }
  return counted === 0 ? length === start : controls * 10 <= counted;
}

/** Most characters of a log are ASCII, so one byte of each UTF-16 pair is NUL and the other is not. */
function utf16ByNulPattern(sample: Uint8Array, length: number): Encoding | undefined {
  const pairs = length >> 1;
  let nulFirst = 0;
  let nulSecond = 0;
  let nulBoth = 0;
  for (let i = 0; i < pairs; i++) {
    const first = sample[2 * i] === 0;
    const second = sample[2 * i + 1] === 0;
    if (first && second) {
      nulBoth++;
    } else if (first) {
      nulFirst++;
    } else if (second) {
      nulSecond++;
    }
  }
  const written = pairs - nulBoth;
  if (written < 2) {
    return undefined;
  }
  if (nulSecond >= 0.7 * written && nulFirst <= 0.02 * written) {
    return 'utf-16le';
  }
  if (nulFirst >= 0.7 * written && nulSecond <= 0.02 * written) {
    return 'utf-16be';
  }
  return undefined;
}
