import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, test } from '@playwright/test';

import { expectAccessible } from '../fixtures/accessible';
import { expectLargeTargets, expectNoSidewaysScroll } from '../fixtures/shape';

// Every page in every state and language, as `app`'s own test writes them (scripts/test-browser asks it to): also what no
// demo shows by itself, such as an outage.
const folder = process.env.END2END_GALLERY ?? '';
const pages = folder ? readdirSync(folder).filter((name) => name.endsWith('.html')) : [];

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

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page in every state is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const name of pages.filter((name) => name.endsWith('.ja.html'))) {
      await test.step(name, async () => {
        await page.goto(pathToFileURL(join(folder, name)).href);
        await expectAccessible(page);
      });
    }
  });
}
