import assert from 'node:assert/strict';
import { ESLint } from 'eslint';

/** The messages of the project's own configuration for a text in place of an existing file. */
async function lint(filePath: string, text: string): Promise<string[]> {
  const [result] = await new ESLint().lintText(text, { filePath });
  assert.ok(result, `${filePath} is not linted`);
  return result.messages.map(({ message }) => message);
}

describe('the lint configuration', () => {
  const core = 'src/core/findings/finding.ts';
  const worker = 'src/worker/protocol.ts';
  const refused: [string, string, string, RegExp][] = [
    ['core importing node', core, "export * from '../../node/onnxSession';", /core must not import src\/node/],
    [
      'core importing a type of the worker',
      core,
      "export type * from '../../worker/protocol';",
      /must not import src\/w/,
    ],
    ['core importing a node: module', core, "import 'node:fs';", /core must not import node:fs/],
    ['core importing a Node module without prefix', core, "import 'fs/promises';", /core must not import fs\/promises/],
    ['core requiring a Node module', core, "export const a: unknown = require('os');", /core must not import os/],
    ['core importing ONNX Runtime', core, "import 'onnxruntime-node';", /core must not import onnxruntime-node/],
    [
      'core importing a type of ONNX Runtime',
      core,
      "export type A = import('onnxruntime-node').Tensor;",
      /onnxruntime/,
    ],
    ['core importing vscode', core, "import 'vscode';", /core must not import vscode/],
    ['core asking the clock', core, 'export const now = Date.now();', /no clock/],
    ['core using unseeded randomness', core, 'export const a = Math.random();', /deterministic/],
    ['core using a Buffer', core, 'export const a = Buffer.alloc(1);', /Buffer/],
    ['the worker importing vscode', worker, "import 'vscode';", /only src\/extension knows the editor/],
    ['the worker importing the CLI', worker, "import '../cli/detect-anomalies';", /worker must not import src\/cli/],
    ['the worker importing the extension lazily', worker, "void import('../extension/extension');", /src\/extension/],
    ['an import from outside src', worker, "import '../../test/support/sharedData';", /no part of src/],
    ['a forced end of the process', worker, 'process.exit(1);', /busy aborts/],
    ['a terminated worker', worker, 'export const end = (w: Worker): unknown => w.terminate();', /ask it to shut down/],
    ['a promise that nobody waits for', worker, 'Promise.resolve();', /[Pp]romises must be awaited/],
    ['an explicit any', worker, 'export const a = (b: any): void => void b;', /Unexpected any/],
  ];
  for (const [name, file, text, message] of refused) {
    it(`refuses ${name}`, async () => {
      const messages = await lint(file, `${text}\n`);
      assert.ok(
        messages.some((found) => message.test(found)),
        messages.join('\n'),
      );
    });
  }

  it('refuses a focused and a skipped test', async () => {
    const text = "it.only('a', () => undefined);\ndescribe.skip('b', () => undefined);\nxit('c', () => undefined);\n";
    const messages = await lint('test/unit/harness/report.test.ts', text);
    assert.equal(messages.filter((message) => /remove it/.test(message)).length, 3, messages.join('\n'));
  });

  it('lets the layers import what is below them', async () => {
    const text = "import '../core/findings/finding';\nimport 'node:fs';\n";
    assert.deepEqual(await lint(worker, text), []);
  });
});
