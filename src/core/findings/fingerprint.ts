import { FNV_BASIS, fnvStep, goldenStep } from '../numeric/hash';
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

/** 64 bits over the text in UTF-8: FNV-1a beside a multiplicative hash. */
function hexHash(text: string): string {
  let low = FNV_BASIS;
  let high = 0;
  for (const byte of new TextEncoder().encode(text)) {
    low = fnvStep(low, byte);
    high = goldenStep(high, byte + 1);
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}
