import { openLog } from '../../src/node/files/logSource';
import type { ScanSettings } from '../../src/node/settings/scanSettings';
import { fromBinary } from '../binary';
import type { FuzzCase } from '../fuzzCase';
import { excerpt, SEED_LOGS } from '../logs/seedLogs';
import { checkFindings, wholeVerdict } from '../oracles/findings';
import { refusable } from '../oracles/refusal';
import type { InputRandom } from '../random';
import { pattern } from '../settings/patterns';
import { scan } from './log';

const FILLINGS = ['a', ' ', 'ab', 'x=', '1', '[', 'blk_', '\xc3\xa4'];

/** A regular expression of a user on a log with a long line, the worst that a pattern can meet. */
export function patternCase(random: InputRandom): FuzzCase {
  const settings: ScanSettings = random.pick([
    () => ({ sessionKey: pattern(random) }),
    () => ({ mask: [pattern(random)], unsupervised: true }),
    () => ({ logFormat: `(?<content>${pattern(random)})` }),
    () => ({ sessionKey: pattern(random), model: 'models/hdfs' }),
  ])();
  const log = excerpt(random.pick(SEED_LOGS), random);
  const line = log.slice(0, log.indexOf('\n'));
  const long = line + random.pick(FILLINGS).repeat(random.size(65_536));
  return {
    description: JSON.stringify(settings).slice(0, 300),
    files: [{ name: 'app.log', bytes: fromBinary(`${log}${long}\n`) }],
    run: (place) =>
      refusable(async () =>
        checkFindings(await wholeVerdict(await scan(await openLog(place.path('app.log')), settings))),
      ),
  };
}
