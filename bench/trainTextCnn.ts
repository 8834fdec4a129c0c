// Trains the text CNN on the shared data: one model for each fold of anylog/folds.ts, whose figures are printed, then the one
// of all systems, which is written to models/lexical. Beside each lies its hash, as `sha256sum` writes it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { troubleCount } from '../src/core/detect/unsupervised/lexicalScore';
import { averagePrecision, rocAuc } from '../src/core/evaluation/ranking';
import { textForwardGraph } from '../src/core/model/textCnn';
import { trainTextCnn } from '../src/core/training/textTrainer';
import { networkHash } from '../src/node/models/modelBundle';
import { openTextJudge, openTextTraining } from '../src/node/models/onnxTextCnn';
import { FOLDS, foldModelPath, type Fold } from './anylog/folds';
import { textCorpus, type CorpusText } from './anylog/textCorpus';

const SEED = 1;

async function main(): Promise<void> {
  const corpus = textCorpus();
  const systems = new Set(corpus.map(({ system }) => system));
  console.log(`${corpus.length} texts of ${systems.size} systems`);
  console.log('held out                      texts  trouble   text CNN AP  AUC    keywords AP  AUC    seconds');
  for (const fold of Object.keys(FOLDS) as Fold[]) {
    await trainFold(corpus, fold);
  }
  const started = performance.now();
  save(path.resolve('models/lexical/model.onnx'), await train(corpus));
  console.log(`models/lexical: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

async function train(texts: readonly CorpusText[]): Promise<Uint8Array> {
  return textForwardGraph(await trainTextCnn(texts, openTextTraining, SEED));
}

async function trainFold(corpus: readonly CorpusText[], fold: Fold): Promise<void> {
  const isHeldOut = FOLDS[fold];
  const started = performance.now();
  const model = await train(corpus.filter(({ system }) => !isHeldOut(system)));
  save(foldModelPath(fold), model);
  const test = corpus.filter(({ system, trouble }) => isHeldOut(system) && trouble !== 0.5);
  const judge = await openTextJudge(model);
  const odds = await judge.logOdds(test.map(({ text }) => text));
  await judge.release();
  const labels = test.map(({ trouble }) => (trouble > 0.5 ? 1 : 0));
  const figures = (scores: ArrayLike<number>): string =>
    [averagePrecision({ scores, labels }), rocAuc({ scores, labels })].map((figure) => figure.toFixed(3)).join('  ');
  const trouble = labels.filter((label) => label === 1).length;
  console.log(
    `${fold.padEnd(28)} ${String(test.length).padStart(6)} ${String(trouble).padStart(8)}   ${figures(odds)}       ${figures(
      test.map(({ text }) => troubleCount(text)),
    )}   ${((performance.now() - started) / 1000).toFixed(0)}`,
  );
}

function save(file: string, model: Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, model);
  writeFileSync(`${file}.sha256`, `${networkHash(model)}  ${path.basename(file)}\n`);
}

void main();
