import type { Page } from '@playwright/test';

import { answersReport } from '../fixtures/institution';
import { pressed, tabTo } from '../fixtures/keyboard';
import { expect, test } from '../fixtures/test';

const INCOME = '「所得と所得税」のまちがいを知らせる';
const TITLE = 'まちがいを知らせる';

async function gathers(page: Page) {
  await page.goto('/information');
  await page.getByRole('button', { name: '情報を取り寄せる' }).click();
  await expect(page.getByText('すべての問い合わせが終わりました。')).toBeVisible();
}

/** 受付番号, from the words after sending. */
async function receiptNumber(page: Page) {
  const sent = page.getByText(/国税庁に知らせました（受付番号 [0-9A-Z]{4}-[0-9A-Z]{4}）/).first();
  await expect(sent).toBeVisible();
  return /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await sent.textContent()) ?? '')?.[0] ?? '';
}

test('a mistake is reported, and the institution answers', async ({ page, regular, accessible }) => {
  await gathers(page);
  await page.getByRole('link', { name: INCOME }).click();
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await expect(page.getByText('国税庁だけが読めるように暗号にして送ります')).toBeVisible();
  await accessible();

  await page.getByLabel('どの項目ですか').selectOption({ index: 1 });
  const chosen = await page.getByLabel('どの項目ですか').inputValue();
  await page.getByLabel('何がまちがっていますか').fill('多い'.repeat(501));
  await page.getByRole('button', { name: '国税庁に送る' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'なおすところがあります' });
  await expect(summary).toContainText('1,000字までにしてください。いまは1,002字あります。');
  await expect(page.getByLabel('どの項目ですか')).toHaveValue(chosen);
  await expect(page.getByLabel('何がまちがっていますか')).toHaveValue('多い'.repeat(501));
  await accessible();
  await summary.getByRole('link').click();
  await expect(page.getByLabel('何がまちがっていますか')).toBeFocused();

  await page.getByLabel('何がまちがっていますか').fill('給与の額が多すぎます。\n源泉徴収票では違います。');
  await page.getByRole('button', { name: '国税庁に送る' }).click();
  const number = await receiptNumber(page);
  await expect(page.getByRole('heading', { level: 1, name: 'わたしの情報' })).toBeVisible();
  await accessible();

  answersReport('NTA', number, '源泉徴収票のとおりになおしました。');
  await page.getByRole('button', { name: regular.says.logOut }).first().click();
  await page.getByRole('button', { name: '消してログアウトする' }).click();
  await regular.logsIn();
  await gathers(page);
  await page.goto('/information');
  const answers = page.getByRole('main').locator('section, article').filter({ hasText: 'まちがいの知らせへの答え' }).last();
  await expect(answers).toContainText(number);
  await expect(answers).toContainText('源泉徴収票のとおりになおしました。');
  await accessible();
});

test('a report needs the keyboard alone', async ({ page, regular: _ }) => {
  await gathers(page);
  await page.goto('/information');
  const link = page.getByRole('link', { name: INCOME });
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();

  // Nothing but a space is written: the summary leads to the field.
  await tabTo(page, page.getByLabel('何がまちがっていますか'));
  await page.keyboard.press('Space');
  await pressed(page, page.getByRole('button', { name: '国税庁に送る' }));
  const error = page.getByRole('link', { name: '何がまちがっているかを書いてください。' });
  await pressed(page, error);
  await expect(page.getByLabel('何がまちがっていますか')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByLabel('どの項目ですか')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('どの項目ですか')).not.toHaveValue('');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('何がまちがっていますか')).toBeFocused();
  await page.keyboard.type('多すぎます。');
  await pressed(page, page.getByRole('button', { name: '国税庁に送る' }));
  await receiptNumber(page);
});
