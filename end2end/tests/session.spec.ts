import { expect, test } from '../fixtures/test';

test('two and a half minutes before the idle end a warning offers to stay', async ({
  page,
  regular: _,
  accessible,
  javaScriptEnabled,
}) => {
  test.skip(!javaScriptEnabled, 'the warning is an island; the next test is about pages without script');
  // The island is awake once it has noted when the session ends. The one of the page before must not be taken for it.
  const awake = () => expect.poll(() => page.evaluate(() => localStorage.length)).toBe(1);
  await awake();
  await page.evaluate(() => localStorage.clear());
  await page.clock.install();
  await page.goto('/records');
  await awake();
  const warning = page.getByRole('dialog', { name: 'まもなく自動的にログアウトします' });

  await page.clock.fastForward('12:00');
  await expect(warning).toBeHidden();
  await page.clock.fastForward('00:31');
  await expect(warning).toContainText('あと2分30秒で、安全のため自動的にログアウトします。');
  await expect(warning.getByRole('button', { name: '続けて使う' })).toBeFocused();
  await accessible();
  await page.clock.fastForward('01:00');
  await expect(warning).toContainText('あと1分30秒で');

  const extended = page.waitForResponse('**/session/extend');
  await page.keyboard.press('Enter');
  expect((await extended).status()).toBe(204);
  await expect(warning).toBeHidden();
  await page.clock.fastForward('12:00');
  await expect(warning).toBeHidden();
  await page.clock.fastForward('00:31');
  await expect(warning).toBeVisible();

  await page.clock.fastForward('02:31');
  await expect(page).toHaveURL(/\/signed-out\?why=ended/);
  await expect(page.getByRole('heading', { level: 1, name: '自動的にログアウトしました' })).toBeVisible();
  await accessible();
  // Not only this page: the session itself is over, and the login leads back to where it ended.
  await page.getByRole('link', { name: 'もう一度ログインする' }).click();
  await expect(page).toHaveURL(/\/login\?return_to=%2Frecords|\/login\?return_to=\/records/);
  await page.goto('/home');
  await expect(page).not.toHaveURL(/\/home$/);
});

test('without script the page itself leaves at the idle end', async ({ page, regular: _, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled, 'with script the warning decides');
  let told = 0;
  // A quarter of an hour passes in no time.
  await page.route((url) => url.pathname === '/history', async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    told = Number(/http-equiv="refresh" content="(\d+);/.exec(html)?.[1]);
    await route.fulfill({ response, body: html.replace(`content="${told};`, 'content="0;') });
  });
  await page.goto('/history');
  await expect(page).toHaveURL(/\/signed-out\?why=ended&return_to=\/history/);
  expect(told).toBeGreaterThan(14 * 60);
  expect(told).toBeLessThanOrEqual(15 * 60);
  await expect(page.getByRole('heading', { level: 1, name: '自動的にログアウトしました' })).toBeVisible();
});
