import { existsSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { removeFolder } from './removeFolder';

/** A headless Chromium with one page. */
export interface Browser {
  page: Page;
  stop(): Promise<void>;
}

/** Starts Chromium: CHROMIUM_PATH if set, else the one of the system. */
export async function startBrowser(): Promise<Browser> {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: true,
    colorScheme: 'dark',
    viewport: { width: 1280, height: 800 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    async stop() {
      await context.close();
      await removeFolder(profile);
    },
  };
}

function findChromium(): string {
  const named = process.env.CHROMIUM_PATH;
  const found = [named, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (program) => program && existsSync(program),
  );
  if (!found) {
    throw new Error('No Chromium was found: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.');
  }
  return found;
}
