import { expect, test } from '../fixtures/test';
import { Citizen } from '../fixtures/citizen';
import { words } from '../fixtures/words';

for (const language of ['ja-easy', 'en'] as const) {
  test(`a citizen logs in, reads and logs out in ${language}`, async ({ page, regularCard, accessible, javaScriptEnabled }) => {
    const says = words[language];
    const citizen = new Citizen(page, javaScriptEnabled ?? true, regularCard, says);
    const main = page.getByRole('main');
    const isIn = async (heading: string) => {
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', says.lang);
      if (language === 'en') await expect(main).not.toContainText(/[\u3040-\u30ff\u4e00-\u9fff]/);
    };
    await page.goto(`/?lang=${language}`);
    await main.getByRole('link', { name: says.logInLink }).click();
    await main.getByRole('button', { name: says.logIn }).click();
    await citizen.goesToReader();
    await citizen.reader.insert(regularCard);
    await expect(page.locator('html')).toHaveAttribute('lang', says.lang);
    await accessible();
    await citizen.reader.logIn(regularCard.authenticationPin);
    await citizen.reader.goBack();
    await isIn(says.hello);
    await main.getByRole('link', { name: says.records }).click();
    await isIn(says.records);
    await main.getByRole('link', { name: says.details }).first().click();
    await isIn(says.record);
    await citizen.logsOut();
  });
}
