import { yokohamaSends } from '../fixtures/institution';
import { newestTo } from '../fixtures/letters';
import { expectLargeTargets, expectNoSidewaysScroll } from '../fixtures/shape';
import { expect, test } from '../fixtures/test';

// On a busy machine a sending takes its time from the sender through the core.
const BROUGHT = { timeout: 100_000 };
test.setTimeout(240_000);

test('somebody is told by mail, once the address is proved, and never what it is about', async ({
  page,
  resident: _,
  accessible,
  javaScriptEnabled,
}) => {
  const address = `hanako-${javaScriptEnabled ? 'script' : 'plain'}@mail.example`;
  await page.goto('/folder');
  await page.getByRole('link', { name: '新しいお知らせを知らせる先' }).click();
  await expect(page.getByText('どこにも知らせていません。')).toBeVisible();
  await accessible();
  await expectNoSidewaysScroll(page);
  await expectLargeTargets(page);

  await page.getByLabel('メールアドレス').fill('hanako@');
  await page.getByRole('button', { name: '番号をメールで送る' }).click();
  await expect(page.getByText('どこにも知らせていません。')).toBeVisible();

  await page.getByLabel('メールアドレス').fill(address);
  await page.getByRole('button', { name: '番号をメールで送る' }).click();
  await expect(page.getByRole('heading', { name: `「${address}」を確かめる` })).toBeVisible();
  await accessible();
  expect(page.url()).not.toContain('mail.example');

  await page.getByLabel('届いた番号').fill('000000');
  await page.getByRole('button', { name: '番号を確かめる' }).click();
  await expect(page.getByText('あと4回入れられます')).toBeVisible();
  const code = /\b(\d{6})\b/.exec(newestTo(address) ?? '')?.[1] ?? '';
  await page.getByLabel('届いた番号').fill(code);
  await page.getByRole('button', { name: '番号を確かめる' }).click();
  await expect(page.getByRole('button', { name: `「${address}」に知らせるのをやめる` })).toBeVisible();
  await accessible();

  const title = `水道の工事をします${javaScriptEnabled ? '' : '（スクリプトなし）'}`;
  yokohamaSends({ title, body: '水が出なくなる時間があります。' });
  await expect.poll(() => newestTo(address), BROUGHT).toContain('マイ・ポータルに新しいお知らせがあります。');
  expect(newestTo(address)).not.toMatch(/水道|横浜市|https?:/);

  await page.reload();
  await page.getByRole('button', { name: `「${address}」に知らせるのをやめる` }).click();
  await expect(page.getByText('どこにも知らせていません。')).toBeVisible();
});

test('a browser that cannot be told says so, and mail is the way', async ({ page, resident: _, javaScriptEnabled }) => {
  await page.goto('/folder/alerts');
  const without = page.getByText('この端末で知らせるには、ブラウザーのスクリプト（JavaScript）が必要です。');
  await expect(without).toBeVisible({ visible: !javaScriptEnabled });
  await expect(page.getByLabel('メールアドレス')).toBeVisible();
});
