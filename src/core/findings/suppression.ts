import { WILDCARD } from '../templates/masking';
import { matchesWildcards } from '../templates/wildcardMatcher';
import type { FindingCause } from './fingerprint';
import { templateText } from './templateText';

/** Something to suppress that cannot be used; the message says why. */
export class SuppressionError extends Error {}

const FINGERPRINT = /^[0-9a-f]{16}$/;

/** Tells which findings a user does not want to be told. */
export class Suppression {
  private readonly fingerprints: ReadonlySet<string>;
  private readonly texts: ReadonlySet<string>;
  private readonly patterns: readonly (readonly string[])[];

  /**
   * @param entries fingerprints, and templates as reasons show them, in which `<*>` stands for any text
   * @throws SuppressionError if one of them would suppress everything
   */
  constructor(entries: readonly string[]) {
    const templates = entries
      .map((entry) => entry.trim().replace(/^`(.*)`$/s, '$1'))
      .filter((entry) => !FINGERPRINT.test(entry));
    const empty = templates.find((template) => template.replaceAll(WILDCARD, '').trim() === '');
    if (empty !== undefined) {
      throw new SuppressionError(
        `"${empty}" would suppress every finding; give some text of the template, or a finding's fingerprint.`,
      );
    }
    this.fingerprints = new Set(entries.map((entry) => entry.trim()).filter((entry) => FINGERPRINT.test(entry)));
    this.texts = new Set(templates.map(templateText));
    this.patterns = templates.filter((text) => text.includes(WILDCARD)).map((text) => text.split(WILDCARD));
  }

  /** Whether a finding of this cause is suppressed. */
  covers({ template, fingerprint }: FindingCause): boolean {
    return (
      this.fingerprints.has(fingerprint) ||
      this.texts.has(template) ||
      this.patterns.some((literals) => matchesWildcards(literals, template))
    );
  }
}
