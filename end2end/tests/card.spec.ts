import { expect, test } from '../fixtures/test';
import { Citizen } from '../fixtures/citizen';

test('on a shared device the session ends when the card is taken out', async ({
  page,
  regularCard,
  accessible,
  javaScriptEnabled,
}) => {
  const regular = new Citizen(page, javaScriptEnabled ?? true, regularCard);
  await regular.startsLoginOnSharedDevice();
  await regular.reader.logIn(regularCard.authenticationPin);
  await regular.reader.goBack();
  await regular.isAtHome();
  await expect(page.getByText('共用の端末でログインしています')).toBeVisible();
  await accessible();
  await regular.reader.removeCard();
  await page.getByRole('main').getByRole('link', { name: 'アクセス記録' }).click();
  await expect(page).toHaveURL(/\/signed-out\?why=ended/);
  await expect(page.getByText('共用の端末でカードを抜いたとき')).toBeVisible();
});

test('three wrong PINs lock the card, which is told before each and at the portal', async ({ page, citizen, accessible }) => {
  const wrong = citizen.card.authenticationPin === '0000' ? '1111' : '0000';
  await citizen.startsLogin();
  for (const left of ['あと3回まちがえると', 'あと2回まちがえると', '次にまちがえると']) {
    await expect(page.getByText(`${left}、カードがロックされます。`).first()).toBeVisible();
    await citizen.reader.logIn(wrong);
  }
  await expect(page.getByText('まちがいが3回続いたため、カードの暗証番号がロックされました。')).toBeVisible();
  await expect(page.getByLabel('利用者証明用の暗証番号')).toHaveCount(0);
  await accessible();
  await page.getByRole('button', { name: 'ポータルへもどる' }).click();
  await citizen.reader.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'ログイン' })).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('カードの暗証番号がロックされています');
  await expect(page.getByRole('alert')).toContainText('市区町村の窓口');
  await accessible();
});
