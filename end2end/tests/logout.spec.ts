import { expect, test } from '../fixtures/test';

test('after logout the session is gone on the server', async ({ page, context, citizen, accessible }) => {
  await citizen.opensFolder();
  const before = await context.cookies();
  await citizen.logsOut();
  await expect(page.getByText('この端末に、あなたの情報は残っていません。')).toBeVisible();
  await accessible();
  await context.clearCookies();
  await context.addCookies(before);
  await page.goto('/home');
  await expect(page).toHaveURL(/\/signed-out\?why=ended/);
  await expect(page.getByRole('heading', { level: 1, name: '自動的にログアウトしました' })).toBeVisible();
});

test('personal pages are not kept by the browser', async ({ page, citizen }) => {
  await citizen.opensFolder();
  const response = await page.goto('/home');
  expect(response?.headers()['cache-control']).toContain('no-store');
});
