import { expect, test } from '../fixtures/test';

test('a citizen opens a folder with the card and is logged in', async ({ page, citizen, accessible }) => {
  await citizen.opensFolder();
  await expect(page.getByText('はじめてのログインです')).toBeVisible();
  await accessible();
});

test('the application is shown before it is signed, on the page and on the reader', async ({
  page,
  citizen,
  accessible,
  baseURL,
}) => {
  await page.goto('/register');
  await page.getByRole('button', { name: '登録を始める' }).click();
  const document = (await page.getByRole('region', { name: '署名する申請書' }).textContent())?.trim() ?? '';
  expect(document).not.toBe('');
  await accessible();
  await citizen.goesToReader();
  await citizen.reader.insert(citizen.card);
  await expect(page.getByText('が、あなたのカードに依頼しています。')).toContainText(new URL(String(baseURL)).origin);
  await expect(page.getByText(document.split('\n')[0]!.trim()).first()).toBeVisible();
  await accessible();
});

test('whoever cancels at the reader is back at the start, and nothing was opened', async ({ page, citizen }) => {
  await page.goto('/register');
  await page.getByRole('button', { name: '登録を始める' }).click();
  await citizen.goesToReader();
  await citizen.reader.insert(citizen.card);
  await citizen.reader.cancel();
  await citizen.reader.goBack();
  await expect(page.getByRole('heading', { level: 1, name: '利用者登録' })).toBeVisible();
});

test('a wrong signature password tells the tries that are left, and the right one still opens the folder', async ({
  page,
  citizen,
}) => {
  await page.goto('/register');
  await page.getByRole('button', { name: '登録を始める' }).click();
  await citizen.goesToReader();
  await citizen.reader.insert(citizen.card);
  await citizen.reader.signApplication('WRONG123');
  await expect(page.getByText('暗証番号が違います。').first()).toBeVisible();
  await expect(page.getByText('あと4回まちがえると、カードがロックされます。').first()).toBeVisible();
  await citizen.reader.signApplication(citizen.card.signaturePin);
  await citizen.reader.goBack();
  await expect(page.getByRole('heading', { level: 1, name: '本人確認が終わりました' })).toBeVisible();
});
