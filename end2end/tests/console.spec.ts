import type { Page } from '@playwright/test';

import { expectAccessible } from '../fixtures/accessible';
import { Town } from '../fixtures/officer';
import { expect, test } from '../fixtures/test';

const TITLE = '健康診断を受けられます';

test.describe('the officers’ console', () => {
  const town = new Town(process.env.END2END_DATA ?? 'data');

  test.beforeAll(() => town.opens());
  test.afterAll(() => town.closes());

  /** Pages judged as every other one is; there is nothing to judge without script. */
  async function judged(page: Page, javaScriptEnabled: boolean | undefined) {
    if (javaScriptEnabled) await expectAccessible(page);
  }

  test('asks for a key, and says why that needs script', async ({ page, accessible }) => {
    await page.goto(`${town.address}/console`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('ログインしていません');
    await page.getByRole('link', { name: 'ログインの画面へ' }).click();
    await expect(page.getByLabel('職員の名前')).toBeVisible();
    const why = 'スクリプトが使えないため、ログインできません';
    await expect(page.getByText(why)).toBeHidden();
    // Switched off by a tool, script is still on for the parser: what stands in <noscript> is there, and is not shown.
    expect(await page.content()).toContain(why);
    await accessible();
  });

  test('one officer writes, another one releases, and it arrives', async ({ browser, javaScriptEnabled, locale }) => {
    const name = javaScriptEnabled ? '' : '（スクリプトなし）';
    const then = { javaScriptEnabled, locale };
    const writer = await town.officer(browser, `田中${name}`, 'draft', then);
    await writer.getByRole('link', { name: '新しく書く' }).first().click();
    await writer.getByLabel('種類').selectOption('sign-up');
    await writer.locator('#title').fill('【重要】健康診断');
    await writer.locator('#body').fill('40歳からの人は無料です。\n\n## <b>持ちもの</b>\n・受診券');
    await writer.getByRole('button', { name: '保存する' }).click();
    await expect(writer.getByRole('alert')).toContainText('担当：書いてください。');
    await expect(writer.getByRole('alert')).toContainText('本文の3行目：HTMLは使えません。');
    await judged(writer, javaScriptEnabled);

    await writer.locator('#body').fill('40歳からの人は無料です。\n\n## 持ちもの\n・受診券');
    await writer.locator('#office').fill('健康推進課');
    await writer.locator('#deadline').fill(inDays(20));
    await writer.locator('#expires').fill(inDays(40));
    await writer.locator('#closes').fill(inDays(20));
    await writer.locator('#q1-label').fill('どこで受けますか');
    await writer.locator('#q1-choices').fill('区役所\n病院');
    await expect(writer.locator('#q1-label-en')).toBeHidden();
    await writer.getByText('やさしい日本語と英語').first().click();
    await writer.locator('#q1-label-en').fill('Where will you go?');
    await writer.locator('#q1-choices-en').fill('Ward office');
    await writer.getByRole('button', { name: '保存する' }).click();
    await expect(writer.getByRole('alert')).toContainText('選択肢（英語）が1個あります。');
    await expect(writer.locator('#q1-choices-en')).toHaveValue('Ward office');
    await judged(writer, javaScriptEnabled);
    await writer.locator('#q1-choices-en').fill('Ward office\nHospital');
    await writer.getByRole('button', { name: '保存する' }).click();
    await expect(writer.getByText('件名に【重要】などの印があります。')).toBeVisible();
    await writer.locator('#title').fill(TITLE);
    await writer.getByRole('button', { name: '保存する' }).click();
    await expect(writer.getByText('件名に【重要】などの印があります。')).toBeHidden();
    await writer.getByRole('button', { name: '保存して次へ進む' }).click();
    await judged(writer, javaScriptEnabled);

    await writer.getByRole('link', { name: '見え方を確かめる' }).click();
    const phone = writer.frameLocator('iframe[title^="スマートフォン"]');
    await expect(phone.getByRole('heading', { level: 1 })).toHaveText(TITLE);
    await writer.getByRole('link', { name: 'English' }).click();
    await expect(phone.getByText('Ward office')).toBeVisible();
    await judged(writer, javaScriptEnabled);
    await writer.getByRole('link', { name: '戻る' }).click();

    await writer.getByRole('button', { name: 'この名簿で次へ進む' }).click();
    await expect(writer.getByText('宛先を確かめてください')).toBeVisible();
    await writer.getByRole('button', { name: '承認に出す' }).click();
    await expect(writer.getByText('承認に出しました。')).toBeVisible();
    await expect(writer.getByRole('button', { name: '承認して送る' })).toHaveCount(0);
    const address = writer.url().replace(/\?.*/, '');

    const approver = await town.officer(browser, `鈴木${name}`, 'approve', then);
    await expect(approver.getByText('あなたの承認を待っています')).toBeVisible();
    await approver.getByRole('link', { name: TITLE }).first().click();
    await expect(approver.getByText('区役所')).toBeVisible();
    await judged(approver, javaScriptEnabled);
    await approver.getByRole('button', { name: '承認して送る' }).click();
    // The page renews itself, with and without script, until everybody is settled.
    await expect(approver.getByText('送り終わりました')).toBeVisible({ timeout: 45_000 });
    await judged(approver, javaScriptEnabled);

    const reader = await town.officer(browser, `佐藤${name}`, 'view', then);
    await reader.goto(address);
    await expect(reader.getByText('100％')).toBeVisible();
    await expect(reader.getByText('届かなかった行')).toHaveCount(0);
    await reader.goto(`${address}/replies`);
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText('あなたの役割ではできません');
    await reader.goto(`${town.address}/console/audit`);
    await expect(reader.getByRole('cell', { name: '承認に出しました' }).first()).toBeVisible();
    await judged(reader, javaScriptEnabled);
    for (const page of [writer, approver, reader]) await page.context().close();
  });
});

/** A day as date fields take it. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
