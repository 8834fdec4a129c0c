import assert from 'node:assert/strict';
import { FollowedStream } from '../../../../../src/core/detectors/unsupervised/followedStream';
import type { FoundBlock } from '../../../../../src/core/detectors/unsupervised/blockFollower';
import { OnlineScorer } from '../../../../../src/core/detect/unsupervised/onlineScorer';
import type { LaterEvent } from '../../../../../src/core/detect/unsupervised/onlineSurprisal';
import type { Finding } from '../../../../../src/core/findings/finding';
import { BurstsAndGaps } from '../../../../../src/core/findings/burstsAndGaps';
import { TypicalRecords } from '../../../../../src/core/findings/typicalRecords';
import { GrowingRecordLog } from '../../../../../src/core/scan/growingRecordLog';
import { utf8 } from '../../../../support/bytes';
import { recordReading } from '../../../../support/records';

/** Judges nothing by its order, and remembers what it was asked. */
class AskedScorer extends OnlineScorer {
  readonly asked: { before: number[]; template: number | undefined }[] = [];

  constructor() {
    super('stream', undefined, { openNextEventNet: () => assert.fail('no network is needed'), seed: 1 });
  }

  override async surprisals(events: readonly LaterEvent[]): Promise<Float64Array> {
    this.asked.push(...events.map(({ before, template }) => ({ before: Array.from(before), template })));
    return new Float64Array(events.length);
  }
}

const START = Date.UTC(2025, 0, 1);

/** A record of a service, or of one of its pods. */
function line(second: number, message: string, pod?: string): string {
  const time = new Date(START + 1000 * second).toISOString().slice(0, 19);
  return pod === undefined
    ? `${time} INFO app - ${message}\n`
    : `${time}.000000000Z shop-5c66d57d58-${pod} INFO app - ${message}\n`;
}

const MESSAGES = ['begin a round', 'ask the first', 'ask the second', 'wait for both', 'end a round'];

/** A stream of which some lines were judged, and nothing of it is known but the words. */
function following(first: string): { log: GrowingRecordLog; scorer: AskedScorer; stream: FollowedStream } {
  const log = new GrowingRecordLog(recordReading(first));
  log.push(utf8(first));
  const known = log.soFar();
  const scorer = new AskedScorer();
  const usual = new TypicalRecords(known, new BurstsAndGaps([known]));
  return { log, scorer, stream: new FollowedStream(known, undefined, scorer, usual, 0.5) };
}

describe('FollowedStream', () => {
  for (const [name, pods] of [
    ['one source', [undefined]],
    ['several sources', ['6mp2b', '6mp2c', '6mp2d']],
  ] as const) {
    it(`judges each record of ${name} by the last hundred templates of its source before it`, async () => {
      const lines = Array.from({ length: 420 }, (_, i) =>
        line(
          i,
          MESSAGES[(7 * i + Math.floor(i / 9)) % MESSAGES.length],
          pods[(i * i + Math.floor(i / 5)) % pods.length],
        ),
      );
      const { log, scorer, stream } = following(lines.slice(0, 300).join(''));
      for (const end of [301, 302, 420]) {
        const start = [300, 301, 302][[301, 302, 420].indexOf(end)];
        log.push(utf8(lines.slice(start, end).join('')));
        await stream.take(log.soFar(), {});
      }
      const { eventLog, sourceCount } = log.soFar();
      assert.equal(sourceCount > 1, pods.length > 1);
      const own = new Map<number, number[]>();
      const expected = Array.from(eventLog.events, (template, entry) => {
        const before = own.get(eventLog.sequences[entry]) ?? [];
        own.set(eventLog.sequences[entry], [...before, template]);
        return { before: before.slice(-100), template };
      });
      assert.equal(own.size, pods.length);
      // Nothing was judged before, so that all of it is.
      assert.deepEqual(scorer.asked, expected);
    });
  }

  describe('gives the same object for a finding', () => {
    const quiet = Array.from({ length: 300 }, (_, i) => line(i, MESSAGES[i % MESSAGES.length]));
    const fault = (second: number): string => line(second, 'the disk is lost').replace('INFO', 'ERROR');

    function findings(found: readonly FoundBlock[]): Finding[] {
      return found.map((block) => block.finding());
    }

    it('as long as it is the same, and another once it is not', async () => {
      const { log, stream } = following(quiet.join(''));
      const take = async (text: string): Promise<Finding[]> => {
        log.push(utf8(text));
        await stream.take(log.soFar(), {});
        return findings(stream.found());
      };
      const [first, ...others] = await take(fault(300));
      assert.deepEqual([first.line, [...first.lines], others], [301, [301], []]);
      assert.equal((await take(''))[0], first);
      assert.equal((await take(line(301, MESSAGES[0])))[0], first);
      // Lines that go on with another record than that of the finding change nothing in it.
      const [afterTrace] = await take('\tat a.B.c(B.java:1)\n');
      assert.equal(afterTrace, first);
      const [twice] = await take(fault(330));
      assert.notEqual(twice, first);
      assert.deepEqual([...twice.lines], [301, 304]);
      assert.equal((await take(line(331, MESSAGES[1])))[0], twice);
      const [longer] = await take(`${fault(360)}\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\n`);
      assert.equal(longer.lines.length, 5);
      const [longest] = await take('\tat a.B.e(B.java:3)\n');
      assert.equal(longest.lines.length, 6);
      assert.notEqual(longest, longer);
    });

    it('not once the only record of the log has got another line', async () => {
      const { log, stream } = following('');
      log.push(utf8(fault(0)));
      await stream.take(log.soFar(), {});
      const [first] = findings(stream.found());
      log.push(utf8('\tat a.B.c(B.java:1)\n'));
      await stream.take(log.soFar(), {});
      const [longer] = findings(stream.found());
      assert.deepEqual([[...first.lines], [...longer.lines]], [[1], [1, 2]]);
    });
  });
});
