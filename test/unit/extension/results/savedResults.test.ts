import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Uri } from 'vscode';
import { ResultsStore } from '../../../../src/extension/results/resultsStore';
import { readResult, writtenResult } from '../../../../src/extension/results/savedResult';
import { SavedResults } from '../../../../src/extension/results/savedResults';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { finding, outcome, uri } from '../fixtures';

const NOW = Date.now();
const documentOf = (file: Uri) => file.with({ scheme: 'shown' });

describe('SavedResults', () => {
  const at = temporaryFolder();
  let now = NOW;
  let chosen: Map<string, readonly string[]>;
  let faults: string[];

  beforeEach(() => {
    now = NOW;
    chosen = new Map();
    faults = [];
  });

  /** A window of the editor. */
  function open(version = '1.0.0') {
    const store = new ResultsStore(documentOf);
    const goodLogs = { set: (file: Uri, paths: readonly string[]) => void chosen.set(file.path, paths) };
    const saved = new SavedResults(store, goodLogs, {
      folder: at('results'),
      version,
      documentOf,
      now: () => now,
      later: () => () => undefined,
      logDetails: (details) => faults.push(details),
    });
    return { store, saved };
  }

  const files = (): string[] => (existsSync(at('results')) ? readdirSync(at('results')) : []);

  async function keep(path = '/logs/a.log', values: Partial<ReturnType<typeof outcome>> = {}): Promise<void> {
    const { store, saved } = open();
    store.begin(uri(path));
    store.complete(uri(path), { ...outcome([finding([3, 1]), finding([7])]), ...values });
    await saved.flush();
  }

  it('gives back in another window what was found, and says when', async () => {
    const mark = { identity: '1:2', size: 5, modified: 6, tail: { end: 5, bytes: Uint8Array.of(1, 2, 255) } };
    await keep('/logs/a.log', { mark, options: { isTrusted: true, baseline: ['/good.log'] } });
    const { store, saved } = open();
    assert.equal(store.all.length, 0);
    assert.deepEqual(await saved.restore(), []);
    const [results] = store.all;
    const expected = outcome([finding([3, 1]), finding([7])]);
    assert.deepEqual(results.outcome?.findings, expected.findings);
    assert.deepEqual(results.outcome?.index, expected.index);
    assert.deepEqual(results.outcome?.summary, expected.summary);
    assert.deepEqual(results.outcome?.mark, mark);
    assert.equal(results.outcome?.restoredFrom, NOW);
    assert.deepEqual([results.scanning, results.documentUri.scheme], [false, 'shown']);
    assert.deepEqual([...chosen], [['/logs/a.log', ['/good.log']]]);
    now += 60_000;
    await saved.flush();
    const third = open();
    await third.saved.restore();
    assert.equal(third.store.all[0].outcome?.restoredFrom, NOW);
    assert.deepEqual(faults, []);
  });

  it('leaves alone what was scanned since, and reads once', async () => {
    await keep();
    const { store, saved } = open();
    store.begin(uri('/logs/a.log'));
    store.complete(uri('/logs/a.log'), outcome([]));
    await saved.restore();
    assert.equal(store.all.length, 1);
    assert.deepEqual(store.all[0].outcome?.findings, []);
    store.remove(uri('/logs/a.log'));
    await saved.restore();
    assert.deepEqual(store.all, []);
  });

  it('says which logs were followed', async () => {
    const { store, saved } = open();
    store.begin(uri('/logs/a.log'));
    store.complete(uri('/logs/a.log'), outcome([]), { lastUpdate: 1 });
    await saved.flush();
    const next = open();
    assert.deepEqual(
      (await next.saved.restore()).map(({ path }) => path),
      ['/logs/a.log'],
    );
    assert.equal(next.store.all[0].following, undefined);
    next.store.unfollow(uri('/logs/a.log'));
  });

  it('keeps the files of a rotated log', async () => {
    const { store, saved } = open();
    const rotated = [uri('/logs/a.log.1'), uri('/logs/a.log')];
    const parts = rotated.map((file, i) => ({
      uri: file,
      documentUri: documentOf(file),
      linesBefore: 10 * i,
      state: { size: 1, mtime: 2 },
    }));
    store.begin(rotated[1], rotated);
    store.complete(rotated[1], { ...outcome([]), parts });
    await saved.flush();
    const next = open();
    await next.saved.restore();
    assert.deepEqual(next.store.all[0].outcome?.parts, parts);
    assert.deepEqual(next.store.all[0].rotated, rotated);
  });

  it('forgets what is removed, too old, beyond the limit or of another version', async () => {
    await keep('/logs/a.log');
    const { store, saved } = open();
    await saved.restore();
    store.remove(uri('/logs/a.log'));
    await saved.flush();
    assert.deepEqual(files(), []);

    await keep('/logs/old.log');
    const old = new Date(NOW - 15 * 24 * 3600 * 1000);
    utimesSync(at('results', files()[0]), old, old);
    const next = open();
    await next.saved.restore();
    await next.saved.flush();
    assert.deepEqual([next.store.all, files()], [[], []]);

    await keep('/logs/new.log');
    const other = open('2.0.0');
    await other.saved.restore();
    assert.deepEqual(other.store.all, []);
  });

  it('keeps no more findings than it may', async () => {
    const many = Array.from({ length: 5001 }, (_, i) => finding([i + 1]));
    await keep('/logs/many.log', outcome(many));
    const { store, saved } = open();
    await saved.restore();
    assert.equal(store.all[0].outcome?.findings.length, 5000);
    store.remove(store.all[0].uri);
    await saved.flush();
    await keep('/logs/long.log', outcome([finding([1], { block: 'x'.repeat(5 << 20) })]));
    assert.deepEqual(files(), []);
  });

  it('takes anything else in its folder for nothing', async () => {
    await keep();
    const [name] = files();
    const text = readFileSync(at('results', name), 'utf8');
    for (const other of [text.slice(0, 100), text.replace('blk_3', 'blk_4'), '', '{}', 'null', '[]', '\0']) {
      writeFileSync(at('results', name), other);
      const { store, saved } = open();
      assert.deepEqual(await saved.restore(), []);
      assert.deepEqual(store.all, []);
    }
    mkdirSync(at('results', `${'0'.repeat(32)}.json`));
    writeFileSync(at('results', 'other.txt'), text);
    assert.deepEqual(await open().saved.restore(), []);
    assert.deepEqual(faults, []);
  });

  it('says nothing to the user where nothing can be written', async () => {
    writeFileSync(at('results'), 'a file');
    await keep();
    assert.equal(faults.length, 1);
    assert.equal(readFileSync(at('results'), 'utf8'), 'a file');
  });
});

describe('readResult', () => {
  const results = {
    uri: uri('/logs/a.log'),
    documentUri: uri('/logs/a.log'),
    progress: undefined,
    scanning: false,
    following: undefined,
    outcome: outcome([finding([1])]),
    staleness: undefined,
    failure: undefined,
  };

  it('takes nothing in which a value is of another kind, even if its hash is right', async () => {
    const { createHash } = await import('node:crypto');
    const sealed = JSON.parse(writtenResult(results, '1', NOW)!) as { body: string };
    const reading = (body: string) =>
      readResult(
        JSON.stringify({ version: '1', body, hash: createHash('sha256').update(body).digest('hex') }),
        '1',
        documentOf,
      );
    assert.ok(reading(sealed.body) !== undefined);
    const paths = ['uri', 'at', 'findings', 'findings.0', 'findings.0.lines', 'summary', 'summary.notes', 'file.size'];
    fc.assert(
      fc.property(
        fc.constantFrom(...paths, 'findings.0.block', 'findings.0.line', 'options'),
        fc.constantFrom(null, 'https://a.b/c', -1, {}, [7], true),
        (path, value) => {
          const written = JSON.parse(sealed.body) as Record<string, unknown>;
          const members = path.split('.');
          let holder = written;
          members.slice(0, -1).forEach((member) => (holder = holder[member] as Record<string, unknown>));
          const name = members.at(-1)!;
          fc.pre(typeof holder[name] !== typeof value || path === 'uri');
          holder[name] = value;
          assert.equal(reading(JSON.stringify(written)), undefined, `${path}: ${JSON.stringify(value)}`);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });
});
