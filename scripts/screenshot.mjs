// Takes the README's picture by the UI test and puts it where the README looks for it.
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import path from 'node:path';

process.chdir(path.resolve(import.meta.dirname, '..'));
const { status } = spawnSync(process.execPath, ['scripts/test.mjs', 'ui:installed', 'scan.test'], { stdio: 'inherit' });
if (status === 0) copyFileSync('out/screenshots/installed-results.png', 'media/screenshot.png');
else process.exitCode = 1;
