import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { defineConfig } from '@playwright/test';

// Workers read this file too: what the first reader decided, the others inherit.
process.env.END2END_DATA ??= join(mkdtempSync(join(tmpdir(), 'my-portal-end2end-')), 'data');

/** A demo on ports of its own, so that it runs beside `make run`. BASE_URL tests one that already runs. */
const SHIFT = 10_000;
const own = `http://localhost:${8080 + SHIFT}`;
const demo = [
  // Not by cargo, which would wait for other builds.
  `${process.env.CARGO_TARGET_DIR ?? 'target'}/debug/xtask demo`,
  `--profile ${process.env.END2END_PROFILE ?? 'debug'} --shift ${SHIFT} --days 60 --residents 80 --cards 60 --data ${process.env.END2END_DATA}`,
].join(' ');

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // One card reader with one slot: one citizen after the other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.BASE_URL ?? own,
    viewport: { width: 1280, height: 800 },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    ignoreHTTPSErrors: Boolean(process.env.BASE_URL),
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'with JavaScript', use: { javaScriptEnabled: true } },
    { name: 'without JavaScript', use: { javaScriptEnabled: false } },
  ],
  webServer: process.env.BASE_URL
    ? undefined
    : {
        command: demo,
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        // All citizens of the tests come from one address.
        env: { MY_PORTAL__LIMITS__CARD_STEPS_PER_CLIENT_PER_MINUTE: '6000' },
        url: `${own}/`,
        timeout: 300_000,
        reuseExistingServer: false,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
        stdout: 'ignore',
        stderr: 'pipe',
      },
});
