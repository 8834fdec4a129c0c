import { openLog, type LogSource } from '../../src/node/files/logSource';
import { demand, Fault } from '../fault';
import type { FuzzCase } from '../fuzzCase';
import { mutatedLog } from '../logs/mutatedLog';
import { wholeVerdict } from '../oracles/findings';
import { checkRefusal } from '../oracles/refusal';
import { reportText } from '../oracles/reports';
import type { InputRandom } from '../random';
import { scanSettings } from '../settings/scanSettings';
import { inPieces, scan } from './log';

/** The same bytes as a file and in pieces of any size: the same report, or the same refusal. */
export function piecesCase(random: InputRandom): FuzzCase {
  const log = mutatedLog(random);
  const settings = scanSettings(random);
  const cutting = random.fork();
  return {
    description: `${log.description}; ${JSON.stringify(settings)}`,
    files: [{ name: 'app.log', bytes: log.bytes }],
    async run(place) {
      const path = place.path('app.log');
      const outcome = async (source: LogSource): Promise<string> => {
        try {
          return await reportText('json', 'app.log', await wholeVerdict(await scan(source, settings)));
        } catch (error) {
          checkRefusal(error);
          return error instanceof Error ? error.message : String(error);
        }
      };
      // Packed logs are unpacked by those who open them, before this source.
      const isGzip = log.bytes[0] === 0x1f && log.bytes[1] === 0x8b;
      const whole = await outcome(await openLog(path));
      const inParts = await outcome(isGzip ? await openLog(path) : await inPieces(path, log.bytes, cutting));
      if (whole !== inParts) {
        throw new Fault('the same bytes in other pieces, another result', difference(whole, inParts));
      }
      demand('a report that is empty', whole !== '', () => '');
      return whole.startsWith('{') ? 'accepted' : 'refused';
    },
  };
}

function difference(one: string, other: string): string {
  let i = 0;
  while (one[i] === other[i]) {
    i++;
  }
  const start = Math.max(0, i - 80);
  return `${JSON.stringify(one.slice(start, i + 120))} as a file, ${JSON.stringify(other.slice(start, i + 120))} in pieces`;
}
