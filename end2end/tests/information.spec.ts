import { readFileSync } from 'node:fs';

import { expect, test } from '../fixtures/test';

test('institutions are asked, and what they hold is read', async ({ page, regular: _, accessible }) => {
  await page.getByRole('link', { name: 'わたしの情報' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'わたしの情報' })).toBeVisible();
  await accessible();
  await page.getByRole('button', { name: '情報を取り寄せる' }).click();
  await expect(page.getByText('すべての問い合わせが終わりました。')).toBeVisible();
  await accessible();
  await page.getByRole('link', { name: '機関の順に並べる' }).click();
  await expect(page.getByRole('heading', { level: 2, name: '持ち帰る' })).toBeVisible();
  await expect(page.getByRole('region').first()).toBeVisible();
  await accessible();
});

test('before logging out one is told what goes, and takes it home', async ({ page, citizen, accessible }) => {
  await citizen.opensFolder();
  await page.goto('/information');
  await page.getByRole('button', { name: '情報を取り寄せる' }).click();
  await expect(page.getByText('すべての問い合わせが終わりました。')).toBeVisible();
  await page.getByRole('button', { name: citizen.says.logOut }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'ログアウトの前に' })).toBeVisible();
  await accessible();

  await page.getByRole('button', { name: 'まとめて保存する（ZIP）' }).click();
  // The page asks for itself again until the file is there.
  await expect(page.getByText(/^できました/)).toBeVisible({ timeout: 50_000 });
  await accessible();
  const arriving = page.waitForEvent('download');
  await page.getByRole('link', { name: '保存する' }).click();
  const download = await arriving;
  expect(download.suggestedFilename()).toBe('my-information.zip');
  expect(readFileSync(await download.path()).subarray(0, 2).toString()).toBe('PK');

  await page.getByRole('button', { name: citizen.says.logOut }).first().click();
  await page.getByRole('button', { name: '消してログアウトする' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'ポータルから消した情報' })).toBeVisible();
  await expect(page.getByText('持ち帰り用に作ったファイル 1件')).toBeVisible();
  await accessible();
});

test('whoever stays goes back, and lets a file go that nobody wants', async ({ page, regular, accessible }) => {
  await page.goto('/information');
  await page.getByRole('button', { name: '情報を取り寄せる' }).click();
  await expect(page.getByText('すべての問い合わせが終わりました。')).toBeVisible();
  await page.getByRole('button', { name: regular.says.logOut }).first().click();
  await page.getByRole('link', { name: 'わたしの情報に戻る' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'わたしの情報' })).toBeVisible();

  await page.getByRole('button', { name: 'データ（JSON）' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '持ち帰るファイル' })).toBeVisible();
  await expect(page.getByText(/^できました/)).toBeVisible({ timeout: 50_000 });
  await accessible();
  const file = page.url();
  await page.getByRole('button', { name: 'このファイルを消す' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'わたしの情報' })).toBeVisible();
  expect((await page.goto(file))?.status()).toBe(404);
});
