import { expect, test } from '../fixtures/test';

const languages = [
  { path: '/?lang=ja', lang: 'ja' },
  { path: '/?lang=ja-easy', lang: 'ja' },
  { path: '/?lang=en', lang: 'en' },
];

test.describe('the front page', () => {
  for (const { path, lang } of languages) {
    test(`says in ${path} what this is and shows both ways in`, async ({ page, accessible }) => {
      await page.goto(path);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      const main = page.getByRole('main');
      await expect(main.getByRole('link')).not.toHaveCount(0);
      await accessible();
    });
  }

  test('leads to login, registration and the other languages', async ({ page }) => {
    await page.goto('/?lang=ja');
    await expect(page.getByRole('navigation', { name: '言語を選ぶ' })).toMatchAriaSnapshot(`
      - navigation "言語を選ぶ":
        - list:
          - listitem: 日本語
          - listitem:
            - link "やさしい日本語"
          - listitem:
            - link "English"
    `);
    await page.getByRole('link', { name: 'English' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.getByRole('link', { name: 'Log in' }).first().click();
    await expect(page).toHaveURL(/\/login/);
  });

  test('keeps the language that was chosen', async ({ page }) => {
    await page.goto('/?lang=en');
    await page.goto('/help');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });

  test('lets nothing in from elsewhere', async ({ page, baseURL }) => {
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(String(baseURL)).origin) foreign.push(request.url());
    });
    const response = await page.goto('/');
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("'unsafe-inline'");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(foreign).toEqual([]);
  });
});

test('a page that does not exist says so in words', async ({ page, accessible }) => {
  const response = await page.goto('/nothing-here');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await accessible();
});

for (const path of ['/login', '/register', '/help', '/accessibility', '/signed-out']) {
  test(`${path} is complete and accessible`, async ({ page, accessible }) => {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page.getByRole('main')).toBeVisible();
    await accessible();
  });
}
