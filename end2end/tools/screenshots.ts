import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { READER } from '../fixtures/card-reader';
import { yokohamaSends } from '../fixtures/institution';
import { newestTo } from '../fixtures/letters';
import { expect, test } from '../fixtures/test';

// SHOTS and SHOTS_PERSONAL choose pages, SHOTS_TO the folder, SHOTS_CUT=1 what fits in the window instead of the whole page.
const folder = process.env.SHOTS_TO ?? join(tmpdir(), 'my-portal-shots');
const open = words(process.env.SHOTS ?? '/ /?lang=ja-easy /?lang=en /register /login /help /accessibility /signed-out /nothing-here');
const personal = words(process.env.SHOTS_PERSONAL ?? '/home /records /records?own=1 /history');
const fullPage = !process.env.SHOTS_CUT;
const windows = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

function words(text: string) {
  return text.split(/\s+/).filter(Boolean);
}

/** The page as it is now, in every window and both colour schemes. */
async function shoot(page: Page, name: string, javaScriptEnabled?: boolean) {
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const window of windows) {
      await page.setViewportSize(window);
      const file = `${name}.${window.width}.${colorScheme}.${javaScriptEnabled ? 'script' : 'plain'}.png`;
      await page.screenshot({ path: join(folder, file), fullPage });
    }
  }
}

function nameOf(path: string) {
  return path.replace(/[0-9a-f]{32}/, 'one').replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'top';
}

test('pages that anybody may see', async ({ page, javaScriptEnabled }) => {
  for (const path of open) {
    await page.goto(path);
    await shoot(page, nameOf(path), javaScriptEnabled);
  }
});

test('pages of a citizen', async ({ page, regular: _, javaScriptEnabled }) => {
  await page.goto('/records');
  const details = page.getByRole('link', { name: /^くわしく見る/ });
  const record = (await details.count()) > 0 ? await details.first().getAttribute('href') : null;
  for (const path of record ? [...personal, record] : personal) {
    await page.goto(path);
    await shoot(page, nameOf(path), javaScriptEnabled);
  }
  await page.emulateMedia({ media: 'print' });
  await shoot(page, 'print', javaScriptEnabled);
  await page.emulateMedia({ media: 'screen', forcedColors: 'active' });
  await page.goto('/home');
  await shoot(page, 'forced-colours', javaScriptEnabled);
  await page.goto('/records?outcome=refused');
  await shoot(page, 'forced-colours-records', javaScriptEnabled);
  await page.emulateMedia({ forcedColors: 'none' });
  console.log(`pictures are in ${folder}`);
});

test('お知らせ: arriving, kept, and told elsewhere', async ({ page, resident: _, javaScriptEnabled }) => {
  const about = javaScriptEnabled ? '' : '（スクリプトなし）';
  const titles = { emergency: `避難してください${about}`, deadline: `保険料の支払い${about}`, kept: `所得の証明書${about}` };
  const text = '横浜市からのお知らせです。くわしいことは、区役所の窓口で聞いてください。';
  yokohamaSends({ kind: 'emergency', title: titles.emergency, body: '川の水が増えています。すぐに高いところへ行ってください。' });
  yokohamaSends({ kind: 'deadline', title: titles.deadline, body: text, deadlineInDays: 9 });
  yokohamaSends({ title: titles.kept, body: text, file: { name: '案内.txt', text: '会場は北区役所です。' } });
  const link = (title: string) => page.getByRole('main').getByRole('link', { name: title, exact: true }).first();
  for (const title of Object.values(titles)) {
    await expect
      .poll(async () => {
        await page.goto('/notices');
        return link(title).count();
      }, { timeout: 100_000 })
      .toBe(1);
  }
  await shoot(page, 'notices', javaScriptEnabled);
  await page.goto('/home');
  await shoot(page, 'home-emergency', javaScriptEnabled);
  await page.goto('/notices');
  await link(titles.emergency).click();
  await shoot(page, 'notice-emergency', javaScriptEnabled);
  await page.goto('/notices');
  await link(titles.kept).click();
  await shoot(page, 'notice', javaScriptEnabled);
  await page.getByRole('button', { name: '残す', exact: true }).click();
  await page.goto('/notices?place=kept');
  await shoot(page, 'kept', javaScriptEnabled);
  await link(titles.kept).click();
  await shoot(page, 'kept-one', javaScriptEnabled);
  await page.goto('/folder/alerts');
  await page.getByLabel('メールアドレス').fill('hanako@mail.example');
  await page.getByRole('button', { name: '番号をメールで送る' }).click();
  await shoot(page, 'alerts-code', javaScriptEnabled);
  await page.getByRole('button', { name: 'この知らせ先をやめる' }).click();
  await shoot(page, 'alerts', javaScriptEnabled);
  await page.goto('/leaving');
  await shoot(page, 'leaving', javaScriptEnabled);
});

test('a folder is closed, and what went with it', async ({ page, citizen, javaScriptEnabled }) => {
  await citizen.opensFolder();
  const address = `taro-${javaScriptEnabled ? 'script' : 'plain'}@mail.example`;
  await page.goto('/folder/alerts');
  await page.getByLabel('メールアドレス').fill(address);
  await page.getByRole('button', { name: '番号をメールで送る' }).click();
  await page.getByLabel('届いた番号').fill(/\b(\d{6})\b/.exec(newestTo(address) ?? '')?.[1] ?? '');
  await page.getByRole('button', { name: '番号を確かめる' }).click();
  await shoot(page, 'alerts-confirmed', javaScriptEnabled);
  await page.goto('/folder');
  await shoot(page, 'folder', javaScriptEnabled);
  await page.getByLabel('消えることを確かめました').check();
  await page.getByRole('button', { name: 'フォルダを閉じる' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'フォルダを閉じました' })).toBeVisible();
  await shoot(page, 'folder-closed', javaScriptEnabled);
});

test('the warning before the idle end', async ({ page, regular: _, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'an island');
  await page.evaluate(() => localStorage.clear());
  await page.clock.install();
  await page.goto('/home');
  await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(1);
  await page.clock.fastForward('12:31');
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'session-warning', javaScriptEnabled);
});

test('the way through the card reader', async ({ page, citizen, javaScriptEnabled }) => {
  await page.goto('/register');
  await page.getByRole('button', { name: '登録を始める' }).click();
  await shoot(page, 'register-card', javaScriptEnabled);
  await citizen.goesToReader();
  await shoot(page, 'reader-empty', javaScriptEnabled);
  await citizen.reader.insert(citizen.card);
  await shoot(page, 'reader-register', javaScriptEnabled);
  await citizen.reader.signApplication('WRONG123');
  await shoot(page, 'reader-wrong', javaScriptEnabled);
  await citizen.startsLogin();
  await shoot(page, 'reader-login', javaScriptEnabled);
  await citizen.reader.logIn(citizen.card.authenticationPin);
  await citizen.reader.goBack();
  await shoot(page, 'login-refused', javaScriptEnabled);
  await citizen.startsLogin();
  for (let left = 3; left > 0; left -= 1) {
    await citizen.reader.logIn(citizen.card.authenticationPin === '0000' ? '1111' : '0000');
    if (left === 2) await shoot(page, 'reader-last-try', javaScriptEnabled);
  }
  await shoot(page, 'reader-locked', javaScriptEnabled);
  await page.goto(`${READER}/?lang=ja`);
  await shoot(page, 'reader-front', javaScriptEnabled);
  await page.goto(`${READER}/nothing-here`);
  await shoot(page, 'reader-nothing', javaScriptEnabled);
});
