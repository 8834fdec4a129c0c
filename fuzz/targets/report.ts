import type { Finding, ScanSummary } from '../../src/core/findings/finding';
import type { FuzzCase } from '../fuzzCase';
import { HOSTILE_TEXTS } from '../logs/hostileText';
import { refusable } from '../oracles/refusal';
import { checkReports } from '../oracles/reports';
import type { InputRandom } from '../random';
import { FINDING_KINDS } from '../../src/core/findings/findingKind';

/** Findings whose texts are hostile, whatever let them through: no form of the report may pass the harm on. */
export function reportCase(random: InputRandom): FuzzCase {
  const findings = Array.from({ length: random.below(6) }, () => finding(random)).sort((a, b) => b.score - a.score);
  const anomalous = findings.filter((each) => each.anomalous).length;
  const summary: ScanSummary = {
    model: 'hdfs',
    threshold: 0.5,
    lines: 1000,
    blocks: findings.length,
    anomalous,
    unknownRecords: random.below(3),
    clippedLines: random.below(3),
    format: hostile(random),
    notes: random.some(HOSTILE_TEXTS, 3),
  };
  const input = random.pick(['app.log', '-', '/var/log/app.log', `${hostile(random).replaceAll('\0', '')}.log`]);
  return {
    description: `${JSON.stringify(input)}; ${JSON.stringify(findings.map(({ block, parts }) => [block, parts]))}`,
    files: [],
    run: () => refusable(() => checkReports(input, { summary, findings })),
  };
}

function finding(random: InputRandom): Finding {
  const start = random.between(1, 900);
  const lines = Uint32Array.from({ length: random.size(60) }, (_, i) => start + i);
  const score = random.pick([0, 1, 0.5, random.next()]);
  return {
    block: hostile(random),
    score,
    anomalous: score >= 0.5,
    count: random.size(9),
    lines,
    line: random.pick(Array.from(lines)),
    firstTime: random.pick([null, '2024-05-13T06:30:00.000Z']),
    lastTime: null,
    time: null,
    kind: random.pick(FINDING_KINDS),
    parts: [{ part: 'missing-between', previous: hostile(random), usual: hostile(random) }],
    template: hostile(random),
    fingerprint: random.pick(['', '0123456789abcdef']),
    isNew: random.pick([undefined, true, false]),
  };
}

/** Decoded as the program decodes what it takes from a log. */
function hostile(random: InputRandom): string {
  const text = random.chance(0.2)
    ? `${random.pick(HOSTILE_TEXTS)}${random.pick(HOSTILE_TEXTS)}`
    : random.pick(['x ', '']) + random.pick(HOSTILE_TEXTS);
  return Buffer.from(text, 'latin1').toString('utf8');
}
