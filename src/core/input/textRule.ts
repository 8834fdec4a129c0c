import { endOfNuls, LONGEST_UNIT } from './bytes';
import { unitBytes, type Encoding } from './encoding';
import { legacyEncoding } from './legacyEncoding';

/** How many bytes at the beginning of a file decide on its encoding and whether it is text. */
export const SAMPLE_BYTES = 64 * 1024;

/** Length of the longest byte order mark. */
export const BOM_BYTES = 4;

/** Bytes of the shortest run of NULs in the midst of a text that is a hole: disks write so many at once. */
const MIN_HOLE = 512;

/** What the beginning of a file says about it. */
export interface TextVerdict {
  /** False if the file is no text: the scan refuses it. */
  text: boolean;
  encoding: Encoding;
  /** Length of the byte order mark in bytes, 0 if there is none. */
  bomLength: number;
  /** What was given in place of what would be found out, for the files in which the log goes on too. */
  given?: Encoding;
}

/** What is said of text that was decoded before. */
export const DECODED: TextVerdict = { text: true, encoding: 'utf-8', bomLength: 0 };

/** Control bytes that logs hold: TAB, LF, CR and ESC (colours). */
const ALLOWED_CONTROLS = new Set([0x09, 0x0a, 0x0d, 0x1b]);

/** The byte order mark as a code point. */
const BYTE_ORDER_MARK = 0xfeff;
/** Share of the characters of UTF-32 that may be none, and that are ASCII where no mark says that it is UTF-32. */
const MOST_BROKEN = 0.02;
const LEAST_ASCII = 0.5;

/**
 * Decides on encoding and textness by the first bytes of a file (at most {@link SAMPLE_BYTES} are looked at).
 *
 * A byte order mark decides, and then what is given; else UTF-32 and UTF-16 show by NUL bytes at most places or every other
 * one, as in any text with ASCII in it, and an encoding of before Unicode by its usual characters, see {@link legacyEncoding}.
 * A file is no text if more than a tenth of the sample are control bytes and it is not UTF-16 or UTF-32. NUL bytes at the beginning and
 * at the end do not count, nor do long runs of them between, unless there is nothing else: they are holes, as a crash, a
 * preallocation or a writer that goes on behind the end of a log that was cut leave them.
 * @param sample the first bytes; those of a file that begins with a hole are the first ones behind it, see ByteDecoder
 * @param given the encoding that was asked for; found out if left out
 */
export function inspectText(sample: Uint8Array, given?: Encoding): TextVerdict {
  const verdict = verdictOn(sample, given);
  return given === undefined ? verdict : { ...verdict, given };
}

function verdictOn(sample: Uint8Array, given: Encoding | undefined): TextVerdict {
  const length = Math.min(sample.length, SAMPLE_BYTES);
  const utf32 = utf32ByPattern(sample, length);
  if (utf32 !== undefined && (given === undefined || utf32.bomLength > 0)) {
    return utf32;
  }
  if (length >= 3 && sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) {
    return { text: isMostlyText(sample, 3, length), encoding: 'utf-8', bomLength: 3 };
  }
  if (length >= 2 && sample[0] === 0xff && sample[1] === 0xfe) {
    return { text: true, encoding: 'utf-16le', bomLength: 2 };
  }
  if (length >= 2 && sample[0] === 0xfe && sample[1] === 0xff) {
    return { text: true, encoding: 'utf-16be', bomLength: 2 };
  }
  if (given !== undefined) {
    return { text: unitBytes(given) > 1 || isMostlyText(sample, 0, length), encoding: given, bomLength: 0 };
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

/** UTF-32 by its byte order mark or, without one, by the characters that it would be; undefined if it is not UTF-32. */
function utf32ByPattern(sample: Uint8Array, length: number): TextVerdict | undefined {
  const view = new DataView(sample.buffer, sample.byteOffset, length - (length % LONGEST_UNIT));
  for (const isLittleEndian of [true, false]) {
    const hasMark = view.byteLength > 0 && view.getUint32(0, isLittleEndian) === BYTE_ORDER_MARK;
    let written = 0;
    let broken = 0;
    let controls = 0;
    let ascii = 0;
    for (let i = 0; i < view.byteLength; i += LONGEST_UNIT) {
      const code = view.getUint32(i, isLittleEndian);
      written += code === 0 ? 0 : 1;
      broken += code > 0x10ffff ? 1 : 0;
      ascii += code > 0 && code < 0x80 ? 1 : 0;
      controls += code > 0 && code < 0x20 && !ALLOWED_CONTROLS.has(code) ? 1 : 0;
    }
    const isText = broken <= MOST_BROKEN * written && controls * 10 <= written;
    if (isText && written > 1 && (hasMark || ascii >= LEAST_ASCII * written)) {
      return {
        text: true,
        encoding: isLittleEndian ? 'utf-32le' : 'utf-32be',
        bomLength: hasMark ? LONGEST_UNIT : 0,
      };
    }
  }
  return undefined;
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
