import { expect, test } from '../fixtures/test';

test('a folder is suspended, resumed by registering again, and closed', async ({ page, citizen, accessible }) => {
  await citizen.opensFolder();
  await page.goto('/folder');
  await expect(page.getByRole('heading', { level: 1, name: 'フォルダを止める・閉じる' })).toBeVisible();
  await accessible();
  await page.getByRole('button', { name: 'フォルダを止める' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'フォルダを止めました' })).toBeVisible();
  await accessible();

  await citizen.startsLogin();
  await citizen.reader.logIn(citizen.card.authenticationPin);
  await citizen.reader.goBack();
  await expect(page.getByText('このフォルダは、いま開けません').first()).toBeVisible();
  await expect(page.getByText('再開するときは、もう一度、利用者登録をしてください。')).toBeVisible();
  await accessible();
  await citizen.opensFolder();

  await page.goto('/folder');
  await page.getByRole('button', { name: 'フォルダを閉じる' }).click();
  await expect(page.getByText('フォルダは、まだ閉じていません').first()).toBeVisible();
  await accessible();
  await page.getByLabel('消えることを確かめました').check();
  await page.getByRole('button', { name: 'フォルダを閉じる' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'フォルダを閉じました' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'ポータルから消した情報' })).toBeVisible();
  await expect(page.getByText('フォルダ 1つ')).toBeVisible();
  await accessible();
});
