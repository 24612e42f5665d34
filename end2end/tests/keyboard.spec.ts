import { pressed, tabTo } from '../fixtures/keyboard';
import { expect, test } from '../fixtures/test';

test('registration and login need the keyboard alone', async ({ page, citizen, javaScriptEnabled }) => {
  const button = (name: string) => page.getByRole('button', { name });
  const main = page.getByRole('main');
  const back = async () => {
    if (!javaScriptEnabled) await pressed(page, button('ポータルへもどる'));
  };
  const entersPin = async (label: string, pin: string) => {
    await tabTo(page, page.getByLabel(label));
    await page.keyboard.type(pin);
    await page.keyboard.press('Enter');
  };
  const insertsCard = async () => {
    await expect(page.getByRole('heading', { name: '使うカード' })).toBeVisible();
    const isIn = page.getByText(`（${citizen.card.id}）が入っています。`);
    if (await isIn.isVisible()) return;
    const other = page.getByText('別のカードに替える');
    if (await other.isVisible()) await pressed(page, page.locator('summary'));
    const choice = page.getByLabel('入れるカード');
    await tabTo(page, choice);
    const cards = await choice.locator('option').evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
    await page.keyboard.press('Home');
    for (let down = cards.indexOf(citizen.card.id); down > 0; down -= 1) await page.keyboard.press('ArrowDown');
    await expect(choice).toHaveValue(citizen.card.id);
    await pressed(page, button('カードを入れる'));
    await expect(isIn).toBeVisible();
  };

  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: '本文へ移動する' })).toBeFocused();
  await page.keyboard.press('Enter');
  await pressed(page, main.getByRole('link', { name: '利用者登録をする' }));
  await pressed(page, button('登録を始める'));
  await pressed(page, button('カードリーダーの画面へ進む'));
  await insertsCard();
  await entersPin('署名用の暗証番号', citizen.card.signaturePin);
  await back();
  await pressed(page, button('証明書の登録へ進む'));
  await pressed(page, button('カードリーダーの画面へ進む'));
  await insertsCard();
  await entersPin('利用者証明用の暗証番号', citizen.card.authenticationPin);
  await back();
  await citizen.isAtHome();
  await pressed(page, main.getByRole('button', { name: 'ログアウトする' }));
  await pressed(page, page.getByRole('link', { name: 'もう一度ログインする' }));
  await tabTo(page, page.getByLabel('共用の端末を使っています'));
  await page.keyboard.press('Space');
  await expect(page.getByLabel('共用の端末を使っています')).toBeChecked();
  await pressed(page, button('ログインする'));
  await pressed(page, button('カードリーダーの画面へ進む'));
  await insertsCard();
  await entersPin('利用者証明用の暗証番号', citizen.card.authenticationPin);
  await back();
  await citizen.isAtHome();
});
