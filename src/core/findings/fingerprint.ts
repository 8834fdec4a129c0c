import { templateText } from './templateText';

/** By what a finding is known again in another scan, of this log or another one. */
export interface FindingCause {
  /** The template that the finding is about, as its reason shows it. */
  template: string;
  /** 16 hexadecimal digits that stand for the kind of the finding: the same whatever the lines, scores and parameters. */
  fingerprint: string;
}

/** Of a block with nothing unusual. */
export const NO_CAUSE: FindingCause = { template: '', fingerprint: '' };

/**
 * The cause of a finding.
 * @param kind of the reason, a short name
 * @param template that the finding is about
 * @param others what else makes it this kind of finding and no other
 */
export function findingCause(kind: string, template: string, ...others: string[]): FindingCause {
  return { template: templateText(template), fingerprint: hexHash([kind, template, ...others].join('\0')) };
}

/** 64 bits over the text in UTF-8: FNV-1a (Fowler, Noll, Vo) beside a multiplicative hash (Knuth, TAOCP 6.4). */
function hexHash(text: string): string {
  let low = 0x811c9dc5 | 0;
  let high = 0;
  for (const byte of new TextEncoder().encode(text)) {
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ (high >>> 15) ^ (byte + 1), 0x9e3779b1 | 0);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
