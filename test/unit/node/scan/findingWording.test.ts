import path from 'node:path';
import { writeFileSync } from 'node:fs';
import type { Finding } from '../../../../src/core/findings/finding';
import { kindOf } from '../../../../src/core/findings/findingKind';
import type { FindingPart } from '../../../../src/core/findings/findingParts';
import { strengthOf } from '../../../../src/core/findings/strength';
import { findingText } from '../../../../src/core/findings/wording';
import { createLogEngine } from '../../../../src/worker/logEngine';
import { LogTextReader } from '../../../../src/worker/logText';
import type { ScanEngine } from '../../../../src/worker/scanEngine';
import { EVERYDAY_LOGS } from '../../../support/everydayLogs';
import { assertGolden } from '../../../support/golden';
import { ciLog, jsonLog, springBootLog, terminalLog, unknownFormatLog } from '../../../support/serviceLogs';
import { temporaryFolder } from '../../../support/temporaryFolder';

/** What is said of findings, to be read by a person: would they know what to do next? */
const GOLDEN = path.resolve('test/unit/node/scan/findingWording.txt');

/** Kinds of findings that need a log of many sessions or hours, by their parts. */
const BY_PARTS: Record<string, [template: string, parts: FindingPart[]]> = {
  silence: ['scheduler is awake', [{ part: 'silence', where: 'before', milliseconds: 2_580_000, usual: 2000 }]],
  'silence after it': ['shutting down', [{ part: 'silence', where: 'after', milliseconds: 43_200_000, usual: 60_000 }]],
  'burst among others': ['retry of <*>', [{ part: 'burst', count: 1312, milliseconds: 3000, most: 2 }]],
  'keeps failing': [
    'upstream <*> is not reachable',
    [
      { part: 'level', level: 'error', errors: 100 },
      { part: 'keeps-failing', count: 100, share: 0.17, since: '2026-01-05T08:03:20.123' },
    ],
  ],
  'keeps failing, in a log without times': [
    'upstream <*> is not reachable',
    [
      { part: 'words', of: 'failure' },
      { part: 'keeps-failing', count: 100, share: 0.17, sinceLine: 204 },
    ],
  ],
  'new after it was followed': [
    'the pump failed',
    [
      { part: 'level', level: 'error' },
      { part: 'seen', count: 0 },
    ],
  ],
  'an error among many': [
    'timeout',
    [
      { part: 'level', level: 'error' },
      { part: 'words', of: 'failure' },
    ],
  ],
  'a warning': [
    'disk <*> is nearly full',
    [
      { part: 'level', level: 'warning' },
      { part: 'rare', count: 3 },
    ],
  ],
  'not in the good log': ['falling back to <*>', [{ part: 'not-in-good-log' }]],
  'a session ends early': ['open file <*>', [{ part: 'missing-after', usual: 'close file <*>' }]],
  'a session ends strangely': ['read file <*>', [{ part: 'missing-after' }]],
  'a step left out before': ['close', [{ part: 'missing-before', usual: 'read' }]],
  'what begins sessions in the middle': ['open', [{ part: 'not-first', previous: 'close' }]],
  'a session goes on after its end': ['read', [{ part: 'after-end', previous: 'close' }]],
  'a session that lacks something': ['open', [{ part: 'lacks', templates: ['free', 'flush'], more: 2 }]],
  'a session that has something too often': [
    'read',
    [{ part: 'too-many', template: 'retry <*>', count: 70, usual: 2 }],
  ],
  'an unusual step of a model': [
    'Receiving empty packet for block',
    [
      { part: 'unusual-step', share: 0.0001 },
      { part: 'lacks', templates: ['PacketResponder <*> for block <*> terminating'], more: 0 },
    ],
  ],
  'a step too often for a model': [
    'Redundant addStoredBlock request received for <*>',
    [{ part: 'too-many', template: 'Redundant addStoredBlock request received for <*>', count: 2, usual: 0 }],
  ],
  'a block that ends early': [
    'Receiving block',
    [
      { part: 'ends-early', events: 3 },
      { part: 'lacks', templates: ['Received block'], more: 0 },
      { part: 'unknown-lines', count: 1 },
    ],
  ],
  'an order that a model does not know': ['Received block', [{ part: 'order', events: 31 }]],
  'nothing that can be told': ['tick', []],
};

describe('what is said of findings', () => {
  const at = temporaryFolder();
  const said: string[] = [];
  let engine: ScanEngine;

  before(() => {
    engine = createLogEngine(path.resolve('models'), path.resolve('dist/slice-scanner.js'), new LogTextReader());
  });
  after(() => engine.release());

  async function findingsOf(text: string): Promise<{ findings: Finding[]; threshold: number }> {
    const file = at('every.log');
    writeFileSync(file, text);
    const result = await engine.scanFile(
      file,
      { isTrusted: false, isOneOfSeveral: false },
      { onProgress: () => undefined, isCancelled: () => false },
    );
    const { verdict, withTexts } = result!;
    const findings = await verdict.findings(0, verdict.anomalous);
    return { findings: await withTexts!(findings), threshold: verdict.summary.threshold };
  }

  const logs: [name: string, text: () => string][] = [
    ...EVERYDAY_LOGS.flatMap(({ name, faults, write }) =>
      faults.map((fault): [string, () => string] => [`${name}, ${fault}`, () => write(3, fault).text]),
    ),
    ['spring-boot, errors', () => springBootLog(1).text],
    ['json', () => jsonLog(1).text],
    ['a build', () => ciLog(1).text],
    ['a terminal', () => terminalLog(1).text],
    ['a format of its own', () => unknownFormatLog(1).text],
  ];
  for (const [name, text] of logs) {
    it(`in ${name}`, async () => {
      const { findings, threshold } = await findingsOf(text());
      said.push(`## ${name}`);
      for (const finding of findings) {
        const { text: line, ...told } = finding;
        said.push(line ?? '(no text)', `    ${findingText(told)} (${strengthOf(finding, threshold)})`);
      }
    });
  }

  it('is as a person has read it', () => {
    for (const [name, [template, parts]] of Object.entries(BY_PARTS)) {
      const finding = { kind: kindOf(parts), parts, template, count: 1 } as unknown as Finding;
      said.push(`## ${name}`, `    ${findingText(finding)}`);
    }
    assertGolden(GOLDEN, `${said.join('\n')}\n`);
  });
});
