import assert from 'node:assert/strict';
import type { FileResults } from '../../../../src/extension/results/resultsStore';
import {
  TreeModel,
  type BlockNode,
  type FileNode,
  type RangeNode,
  type ResultNode,
} from '../../../../src/extension/tree/treeModel';
import { ShownFindings } from '../../../../src/extension/results/shownFindings';
import { finding, outcome, results } from '../fixtures';

function modelOf(...files: FileResults[]): TreeModel {
  return new TreeModel(
    () => files,
    new ShownFindings(),
    async (_, lines) => lines.map((line) => `text ${line}`),
  );
}

async function labels(model: TreeModel, node?: ResultNode): Promise<string[]> {
  return (await model.children(node)).map((row) => {
    switch (row.kind) {
      case 'file':
        return row.results.uri.path;
      case 'rest':
        return 'the rest';
      case 'clean':
        return 'without findings';
      case 'group':
        return row.group.key;
      case 'block':
      case 'suspect':
        return row.finding.block;
      case 'line':
        return `${row.line} ${row.text}`;
      case 'range':
        return `${row.range.start}…${row.range.end} of ${row.length}`;
    }
  });
}

describe('TreeModel', () => {
  const file = results([finding([30, 31]), finding([10, 12]), finding([20])]);

  it('shows files, their blocks and the lines of a block', async () => {
    const model = modelOf(file);
    assert.deepEqual(await labels(model), ['/logs/a.log']);
    const [fileRow] = await model.children();
    const blocks = await model.children(fileRow);
    assert.deepEqual(await labels(model, blocks[1]), ['10 text 10', '12 text 12']);
  });

  it('sorts blocks by score or by position', async () => {
    const model = modelOf(file);
    const [fileRow] = await model.children();
    assert.deepEqual(await labels(model, fileRow), ['blk_30', 'blk_10', 'blk_20']);
    model.sortOrder = 'position';
    assert.deepEqual(await labels(model, fileRow), ['blk_10', 'blk_20', 'blk_30']);
  });

  it('has nothing below a file without findings, scanned or not', async () => {
    const model = modelOf(results([]), results([], { outcome: undefined, scanning: true }));
    for (const row of await model.children()) {
      assert.deepEqual(await model.children(row), []);
    }
  });

  it('shows the most suspicious blocks of a file without findings apart, whatever the order', async () => {
    const suspects = [finding([30, 31]), finding([10]), finding([10])];
    const model = modelOf(results([], { outcome: { ...outcome([]), suspects } }));
    model.sortOrder = 'position';
    const [fileRow] = await model.children();
    assert.deepEqual(await labels(model, fileRow), ['the rest']);
    const [rest] = await model.children(fileRow);
    assert.deepEqual(await labels(model, rest), ['blk_30', 'blk_10', 'blk_10']);
    const rows = await model.children(rest);
    assert.deepEqual(await labels(model, rows[0]), ['30 text 30', '31 text 31']);
    assert.equal(new Set([fileRow, rest, ...rows].map((row) => model.id(row))).size, 5);
    for (const [row, parent] of [
      [rows[1], rest],
      [rest, fileRow],
    ]) {
      assert.equal(model.id(model.parent(row)!), model.id(parent));
    }
  });

  it('asks for no more texts than it shows', async () => {
    const asked: number[][] = [];
    const long = results([finding(Array.from({ length: 1000 }, (_, i) => i + 1))]);
    const model = new TreeModel(
      () => [long],
      new ShownFindings(),
      async (_, lines) => {
        asked.push(lines);
        return lines.map(String);
      },
    );
    const [fileRow] = await model.children();
    const [block] = await model.children(fileRow);
    const rows = await model.children(block);
    assert.deepEqual(
      asked.map(({ length }) => length),
      [200],
    );
    assert.equal(rows.filter(({ kind }) => kind === 'range').length, 4);
    assert.deepEqual((await labels(model, rows.at(-1))).slice(-1), ['1000 1000']);
  });

  it('gives each row the parent under which it is shown, whatever the order', async () => {
    const many = results(Array.from({ length: 50_000 }, (_, i) => finding([((i * 7919) % 50_000) + 1])));
    const model = modelOf(many);
    for (const order of ['score', 'position'] as const) {
      model.sortOrder = order;
      const [fileRow] = (await model.children()) as FileNode[];
      for (const index of [0, 199, 200, 12_345, 49_999]) {
        const path: ResultNode[] = [model.block(many, index)!];
        while (model.parent(path[0]) !== undefined) {
          path.unshift(model.parent(path[0])!);
        }
        assert.equal(model.id(path[0]), model.id(fileRow));
        for (let i = 1; i < path.length; i++) {
          const rows = await model.children(path[i - 1]);
          assert.ok(
            rows.some((row) => model.id(row) === model.id(path[i])),
            `${order}: row ${i} on the way to finding ${index}`,
          );
        }
      }
    }
  });

  it('keeps the id of a block over another scan, and gives every row an id of its own', async () => {
    const model = modelOf(file);
    const before = model.block(file, 1) as BlockNode;
    const again = results([finding([10, 12], { score: 1 }), finding([30])]);
    assert.equal(model.id(model.block(again, 0)!), model.id(before));
    const ids = new Set<string>();
    const rows: ResultNode[] = [before, model.block(file, 0)!, ...(await model.children(before))];
    const range: RangeNode = { kind: 'range', of: before, range: { start: 0, end: 1 }, length: 2 };
    for (const row of [...rows, range, { ...range, range: { start: 1, end: 2 } }]) {
      ids.add(model.id(row));
    }
    assert.equal(ids.size, rows.length + 2);
  });

  it('has no row for a finding that is gone', () => {
    assert.equal(modelOf(file).block(results([]), 0), undefined);
    assert.equal(modelOf(file).block(results([], { outcome: undefined }), 0), undefined);
  });
});
