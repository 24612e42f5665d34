import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test } from '../fixtures/test';

const folder = process.env.SHOTS_TO ?? join(tmpdir(), 'my-portal-shots');
const open = (process.env.SHOTS ?? '/ /?lang=ja-easy /?lang=en /register /login /help /accessibility /signed-out').split(/\s+/);
const personal = (process.env.SHOTS_PERSONAL ?? '/home /records /records?own=1 /history').split(/\s+/).filter(Boolean);
const widths = [390, 1280, 1920];

async function shoot(page: import('@playwright/test').Page, paths: string[], script: string) {
  mkdirSync(folder, { recursive: true });
  for (const path of paths) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(path);
        const name = `${path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'top'}.${width}.${colorScheme}.${script}.png`;
        await page.screenshot({ path: join(folder, name), fullPage: true });
      }
    }
  }
}

test('pages that anybody may see', async ({ page, javaScriptEnabled }) => {
  await shoot(page, open, javaScriptEnabled ? 'script' : 'plain');
});

test('pages of a citizen', async ({ page, regular: _, javaScriptEnabled }) => {
  await page.goto('/records');
  const record = await page.getByRole('link', { name: /^くわしく見る/ }).first().getAttribute('href');
  await shoot(page, record ? [...personal, record] : personal, javaScriptEnabled ? 'script' : 'plain');
  console.log(`pictures are in ${folder}`);
});
