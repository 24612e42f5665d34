import { expect, test } from '../fixtures/test';

test('a citizen logs in again and sees the login before', async ({ page, citizen, accessible }) => {
  await citizen.opensFolder();
  await citizen.logsOut();
  await citizen.logsIn();
  await expect(page.getByText('はじめてのログインです')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'ログインの履歴を見る' })).toBeVisible();
  await page.getByRole('link', { name: 'ログインの履歴を見る' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'ログインの履歴' })).toBeVisible();
  await accessible();
});

test('home has the four functions, and says of one that it is being prepared', async ({ page, citizen }) => {
  await citizen.opensFolder();
  const main = page.getByRole('main');
  for (const name of ['アクセス記録', 'わたしの情報', '手続き', 'お知らせ']) {
    await expect(main.getByRole('heading', { name, exact: true })).toBeVisible();
  }
  await expect(main.getByText('準備中')).toHaveCount(1);
});

test('a card without a folder logs nobody in', async ({ page, citizen, accessible }) => {
  await citizen.startsLogin();
  await citizen.reader.logIn(citizen.card.authenticationPin);
  await citizen.reader.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'ログイン' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('利用者登録');
  await accessible();
});

test('a personal page asks a stranger to log in, and leads back after it', async ({ page, citizen }) => {
  await citizen.opensFolder();
  await citizen.logsOut();
  await page.goto('/records');
  await expect(page).toHaveURL(/\/login\?return_to=/);
  await page.getByRole('button', { name: 'ログインする' }).click();
  await citizen.goesToReader();
  await citizen.reader.insert(citizen.card);
  await citizen.reader.logIn(citizen.card.authenticationPin);
  await citizen.reader.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'アクセス記録' })).toBeVisible();
});
