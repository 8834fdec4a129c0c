// Every detector that works without labels, on every labelled set: one table and JSON.
import { LABEL_FREE_BASELINES } from '../../src/core/detectors/labelFree/baselines';
import { labelFree } from '../../src/core/detectors/labelFree/labelFree';
import { bestF1Threshold, confusionAt, precision, recall } from '../../src/core/evaluation/confusion';
import { averagePrecision, rocAuc } from '../../src/core/evaluation/ranking';
import { openNextEventNet } from '../../src/node/onnxNextEventNet';
import { bgl, hdfs, nezha, nova } from './dataSets';

const SETS = { hdfs, bgl, nova, nezha };

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  for (const [name, read] of Object.entries(SETS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const started = performance.now();
    const { log, labels } = read();
    console.log(
      `${name}: ${log.events.length} lines, ${log.templates.length} templates, ${log.blockCount} blocks, ${labels.reduce((a, b) => a + b, 0)} anomalous, ${seconds(started)} s`,
    );
    for (const detector of [
      ...LABEL_FREE_BASELINES,
      ...[1, 2, 3].map((seed) => ({ ...labelFree({ openNextEventNet, seed }), name: `label-free, seed ${seed}` })),
    ]) {
      const began = performance.now();
      const { blocks, cut } = await detector.score(log);
      const time = seconds(began);
      const samples = { scores: blocks, labels };
      const confusion = cut === undefined ? undefined : confusionAt(samples, cut);
      console.log(
        `  ${detector.name.padEnd(24)} AP ${averagePrecision(samples).toFixed(3)} AUC ${rocAuc(samples).toFixed(3)} F1 ${bestF1Threshold(samples).f1.toFixed(3)}` +
          (confusion
            ? ` cut ${cut!.toFixed(2)} P ${precision(confusion).toFixed(3)} R ${recall(confusion).toFixed(3)}`
            : '') +
          ` ${time} s`,
      );
    }
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

void main();
