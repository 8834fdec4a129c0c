// Writes a log of our own making and its labels: node scripts/generateSample.mjs [--help]
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.mjs';

const usage = `Usage: node scripts/generateSample.mjs [options]

Writes <output>.log, the log of an invented HDFS cluster, and <output>-labels.csv. Without options these are
samples/hdfs-small.log and samples/hdfs-small-labels.csv as they are committed.

  --output <stem>            folder and name of both files (samples/hdfs-small)
  --blocks <number>          how many blocks live in the log, about 20 lines each (105)
  --anomalous-share <share>  share of anomalous blocks, 0 to 1 (0.08)
  --seed <number>            equal seeds give equal logs (1)
  --help                     print this text`;

const { values } = parseArgs({
  options: {
    output: { type: 'string', default: 'samples/hdfs-small' },
    blocks: { type: 'string', default: '105' },
    'anomalous-share': { type: 'string', default: '0.08' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  const { files } = await bundle({ entryPoints: ['test/support/hdfsLog.ts'], format: 'esm', sourcemap: false });
  const { hdfsLog } = await import(`data:text/javascript;base64,${Buffer.from(files[0].contents).toString('base64')}`);
  const options = {
    blocks: Number(values.blocks),
    anomalousShare: Number(values['anomalous-share']),
    seed: Number(values.seed),
  };
  const labels = ['BlockId,Label'];
  /** @param {import('../test/support/hdfsLog').HdfsBlock} block */
  const note = ({ id, fault }) => labels.push(`${id},${fault === undefined ? 'Normal' : 'Anomaly'}`);
  mkdirSync(path.dirname(values.output), { recursive: true });
  await pipeline(Readable.from(inChunks(hdfsLog(options, note))), createWriteStream(`${values.output}.log`));
  writeFileSync(`${values.output}-labels.csv`, `${labels.join('\n')}\n`);
  console.log(`Wrote ${values.output}.log and the labels of its ${labels.length - 1} blocks.`);
}

/**
 * Joins lines to chunks of some size: one write a line would take most of the time.
 *
 * @param {Iterable<string>} lines
 */
function* inChunks(lines) {
  let chunk = '';
  for (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length > 65_536) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}
