import { openLog } from '../../src/node/files/logSource';
import { mostSuspicious } from '../../src/core/verdict/mostSuspicious';
import type { FuzzCase } from '../fuzzCase';
import { mutatedLog } from '../logs/mutatedLog';
import { checkFindings, wholeVerdict } from '../oracles/findings';
import { refusable } from '../oracles/refusal';
import { checkReports } from '../oracles/reports';
import type { InputRandom } from '../random';
import { scanSettings } from '../settings/scanSettings';
import { scan } from './log';

/** A spoilt log under random settings: the findings and all forms of the report must be sound. */
export function scanCase(random: InputRandom): FuzzCase {
  const log = mutatedLog(random);
  const settings = scanSettings(random);
  const good = random.chance(0.1) ? mutatedLog(random) : undefined;
  return {
    description: `${log.description}; ${JSON.stringify(settings)}${good === undefined ? '' : `; against ${good.description}`}`,
    files: [
      { name: 'app.log', bytes: log.bytes },
      ...(good === undefined ? [] : [{ name: 'good.log', bytes: good.bytes }]),
    ],
    run: (place) =>
      refusable(async () => {
        const baseline = good === undefined ? undefined : [place.path('good.log')];
        const verdict = await scan(await openLog(place.path('app.log')), { ...settings, baseline });
        const whole = await wholeVerdict(verdict);
        checkFindings(whole);
        await mostSuspicious(verdict);
        await checkReports('app.log', whole);
      }),
  };
}
