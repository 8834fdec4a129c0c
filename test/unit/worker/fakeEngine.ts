import { setImmediate } from 'node:timers/promises';
import { UserError } from '../../../src/core/errors/userError';
import type { Finding } from '../../../src/core/findings/finding';
import { CancelledError } from '../../../src/core/cancellation';
import { verdictOf } from '../../../src/core/verdict/verdict';
import { LogTextReader } from '../../../src/worker/logText';
import type { ScanEngine } from '../../../src/worker/scanEngine';

/** An engine without a model: a block is anomalous if one of its lines holds the word `exception`. */
export function createFakeEngine(): ScanEngine {
  return {
    async scanFile(path, options, { onProgress, isCancelled }) {
      if (options.model !== undefined && !options.model.endsWith('hdfs')) {
        throw new UserError('model-no-bundle', { path: options.model });
      }
      const { bytes } = await new LogTextReader().readText(path, 2 ** 30);
      const lines = Buffer.from(bytes).toString('utf8').split('\n');
      const blocks = new Map<string, { lines: number[]; suspicious?: number }>();
      for (const [index, line] of lines.entries()) {
        if (index % 100 === 0) {
          onProgress('reading', index, lines.length);
          await setImmediate();
        }
        if (isCancelled()) {
          throw new CancelledError();
        }
        for (const key of new Set(line.match(new RegExp(options.sessionKey ?? 'blk_-?\\d+', 'g')) ?? [])) {
          const block = blocks.get(key) ?? { lines: [] };
          blocks.set(key, block);
          block.lines.push(index + 1);
          block.suspicious ??= line.includes('exception') ? index + 1 : undefined;
        }
      }
      const findings: Finding[] = [...blocks]
        .filter(([, block]) => block.suspicious !== undefined)
        .map(([key, block], index) => ({
          block: key,
          score: 0.99 / (1 + index / 100),
          anomalous: true,
          count: 1,
          lines: Uint32Array.from(block.lines),
          line: block.suspicious!,
          firstTime: null,
          lastTime: null,
          time: null,
          kind: 'unusual',
          parts: [],
          template: 'received exception',
          fingerprint: '',
        }));
      return {
        maxFindings: options.maxFindings ?? 5000,
        verdict: verdictOf(
          {
            total: findings.length,
            anomalous: findings.length,
            findings: async (start, end) => findings.slice(start, end),
          },
          { lines: lines.length, blocks: blocks.size, unknownRecords: 0, clippedLines: 0 },
          { model: 'fake', threshold: options.threshold ?? 0.5, format: '', notes: [] },
        ),
      };
    },
    followFile: () => Promise.reject(new Error('is not followed by this engine')),
    async release() {},
  };
}
