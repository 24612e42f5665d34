import { expect, test } from '../fixtures/test';

test('a citizen reads in sentences who used their data, and why', async ({ page, regular: _, accessible }) => {
  await page.getByRole('main').getByRole('link', { name: 'アクセス記録' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'アクセス記録' })).toBeVisible();
  const first = page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('time') }).first();
  await expect(first).toContainText(/あなたの.+の情報を/);
  await expect(first).toContainText(/法|条/);
  await accessible();

  await first.getByRole('link', { name: /^くわしく見る/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '記録の内容' })).toBeVisible();
  for (const name of ['日時', '照会した機関', '情報の種類', '結果', '法的な根拠', '記録の番号']) {
    await expect(page.getByRole('term').filter({ hasText: new RegExp(`^${name}`) })).toBeVisible();
  }
  await accessible();
});

test('records are newest first', async ({ page, regular: _ }) => {
  await page.goto('/records');
  const times = await page.getByRole('main').getByRole('time').evaluateAll((all) => all.map((time) => (time as HTMLTimeElement).dateTime));
  expect(times.length).toBeGreaterThan(0);
  expect(times).toEqual([...times].sort().reverse());
});

test('a filter shows what fits, says that it is on, and can be cleared', async ({ page, regular: _, accessible }) => {
  await page.goto('/records');
  await page.getByText('記録を絞り込む').click();
  await page.getByLabel('結果').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'この条件で表示する' }).click();
  await expect(page).toHaveURL(/outcome=/);
  await expect(page.getByText('記録を絞り込む（1つの条件を使っています）')).toBeVisible();
  await accessible();
  await page.getByRole('link', { name: '条件を消す' }).first().click();
  await expect(page.getByText('記録を絞り込む', { exact: true })).toBeVisible();
});

test('the own view is recorded, hidden by default and one tap away', async ({ page, regular: _ }) => {
  await page.goto('/records');
  await page.goto('/records');
  await page.getByRole('link', { name: /^自分で見た記録を表示する/ }).click();
  await expect(page.getByText('あなたが自分で見た記録です。')).toBeVisible();
  await expect(page.getByRole('main').getByRole('time').first()).toBeVisible();
});

test('an unknown filter is answered in words', async ({ page, regular: _ }) => {
  const response = await page.goto('/records?outcome=unheard-of');
  expect(response?.status()).toBe(400);
  await expect(page.getByText('絞り込みの条件を直してください').first()).toBeVisible();
});
