/**
 * The program of a worker that stands for the real one: what it finds in a log depends on the log's name alone. The last
 * number in it is how many findings there are, `bad` is a log that cannot be scanned, `slow` one whose scan goes on until it
 * is cancelled, `out` one that its configuration excludes among several. A log that is followed is reported once.
 */
export const stubWorkerProgram = `
const { parentPort } = require('node:worker_threads');
const send = (message) => parentPort.postMessage(message);
const finding = (i) => ({
  block: 'blk_' + i, score: 0.9, anomalous: true, count: 1, lines: Uint32Array.of(i), line: i, firstTime: null,
  lastTime: null, time: null, kind: 'unusual', parts: [], template: 'line ' + i, fingerprint: '',
});
const counted = (count) => {
  const places = Uint32Array.from({ length: count }, (_, i) => i);
  const summary = {
    model: 'stub', threshold: 0.5, lines: 100, blocks: 50, anomalous: count, unknownRecords: 0, clippedLines: 0,
    format: 'Stub', notes: [],
  };
  return { summary, index: { byPosition: places, lines: places.map((i) => i + 1), findings: places } };
};
const slow = new Map();
parentPort.on('message', ({ type, id, path, options, isOneOfSeveral, lines }) => {
  const count = Number(/(\\d+)\\D*$/.exec(path ?? '')?.[1] ?? 0);
  const findings = Array.from({ length: count }, (_, i) => finding(i + 1));
  if (type === 'shutdown') return parentPort.close();
  if (type === 'lines') return send({ type: 'lines', id, texts: lines.map((line) => 'line ' + line) });
  if (type === 'stopFollowing') return send({ type: 'cancelled', id });
  if (type !== 'scan' && type !== 'follow') return;
  if (/bad/.test(path)) return send({ type: 'failed', id, message: path + ' is bad; mend it.', expected: true });
  if (/out/.test(path) && isOneOfSeveral) return send({ type: 'excluded', id });
  send({ type: 'progress', id, phase: 'reading', done: 1, total: 4 });
  if (/slow/.test(path)) return;
  if (count > 0) send({ type: 'findings', id, findings });
  if (type === 'scan') return send({ type: 'scanned', id, suspects: [], ...counted(count) });
  const order = Int32Array.from(findings, (_, i) => -1 - i);
  send({ type: 'updated', id, order, file: { size: 1, mtime: 1 }, ...counted(count) });
});
`;
