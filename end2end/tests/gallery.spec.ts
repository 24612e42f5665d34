import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, test } from '@playwright/test';

import { expectAccessible, expectContrast } from '../fixtures/accessible';
import { expectLargeTargets, expectNoSidewaysScroll } from '../fixtures/shape';

// Every page in every state and language, as `app`'s own test writes them (scripts/test-browser asks it to): also what no
// demo shows by itself, such as an outage.
const folder = process.env.END2END_GALLERY ?? '';
const pages = folder ? readdirSync(folder).filter((name) => name.endsWith('.html')) : [];
const japanese = pages.filter((name) => name.endsWith('.ja.html'));

test.skip(({ javaScriptEnabled }) => !javaScriptEnabled || !folder, 'judged once');

test('every page in every state and language fits at 320 px', async ({ page }) => {
  expect(pages.length).toBeGreaterThan(60);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const name of pages) {
    await page.goto(pathToFileURL(join(folder, name)).href);
    await expectNoSidewaysScroll(page);
    await expectLargeTargets(page);
  }
});

test('states that the demo does not come into are accessible', async ({ page }) => {
  test.slow();
  const elsewhere = /^(top|register|register-card|login|login-refused|home-first|records|record|history|signed-out.*|help|accessibility)\./;
  for (const name of japanese.filter((name) => !elsewhere.test(name))) {
    await test.step(name, async () => {
      await page.goto(pathToFileURL(join(folder, name)).href);
      // Whoever waits without script sees the page renew itself.
      await expectAccessible(page, /^(register-opening|file-making)\./.test(name) ? ['meta-refresh'] : []);
    });
  }
});

test('contrast holds in the dark', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const name of ['top', 'login-refused', 'register-card', 'home', 'records-wrong', 'record', 'history']) {
    await test.step(name, async () => {
      await page.goto(pathToFileURL(join(folder, `${name}.ja.html`)).href);
      await expectContrast(page);
    });
  }
});
