import { expectAccessible } from '../fixtures/accessible';
import { expectLargeTargets, expectNoSidewaysScroll } from '../fixtures/shape';
import { expect, test } from '../fixtures/test';

// Looks alone: the same with and without script.
test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'judged once');

test('a record on paper has the facts and nothing to press', async ({ page, regular: _ }) => {
  await page.goto('/records');
  await page.getByRole('main').getByRole('link', { name: /^くわしく見る/ }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: '記録の内容' })).toBeVisible();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const name of ['照会した機関', '法的な根拠', '記録の番号']) {
    await expect(page.getByRole('term').filter({ hasText: new RegExp(`^${name}`) })).toBeVisible();
  }
  await expect(page.getByText('マイ・ポータル').first()).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'アクセス記録の一覧へ戻る' })).toBeHidden();
  const ink = await page.getByRole('main').evaluate((main) => getComputedStyle(main).color);
  expect(ink).toBe('rgb(0, 0, 0)');
  const ground = await page.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor);
  expect(ground).toBe('rgb(255, 255, 255)');
});

test('pages fit at 320 px and at 200 %, and what can be pressed is large enough', async ({ page, regular: _ }) => {
  await page.goto('/records');
  const record = await page.getByRole('link', { name: /^くわしく見る/ }).first().getAttribute('href');
  for (const path of ['/home', '/records?outcome=refused', String(record), '/history']) {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(path);
    await expectNoSidewaysScroll(page);
    await expectLargeTargets(page);
    // 1280 px at 200 %; then letters alone twice as large.
    await page.setViewportSize({ width: 640, height: 400 });
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await expectNoSidewaysScroll(page);
  }
});

test('with forced colours every state is still told, and nothing moves where nothing should', async ({ page, regular: _ }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.goto('/home');
  const card = page.getByRole('listitem').filter({ hasText: 'わたしの情報' }).locator('div').first();
  expect(await card.evaluate((element) => getComputedStyle(element).borderTopStyle)).not.toBe('none');
  const current = page.getByRole('navigation').getByRole('link', { name: 'ホーム' });
  expect(await current.evaluate((element) => getComputedStyle(element).borderBottomStyle)).toBe('solid');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const focused = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
  expect(focused).toBe('solid');
  await expectAccessible(page);
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      return Number.parseFloat(transitionDuration) > 0 || animationName !== 'none';
    }).length,
  );
  expect(moving).toBe(0);
});
