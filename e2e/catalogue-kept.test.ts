import sharp from 'sharp';
import { expect, test } from 'vitest';
import { accessibilityProblems } from './support/accessibility.ts';
import { signInAsOwner } from './support/back-office.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

test('An operator adds a product with a picture and its stock, and customers see it; what is no picture is refused in words.', async () => {
  const { page, context } = await visit({ refusals: [/\/pictures$/] });
  await signInAsOwner(context.request, shop().url);
  await page.goto('/admin/products');
  await page.getByRole('link', { name: 'Add a product' }).click();
  await page.getByLabel('Name').fill('Brass bell');
  await page.getByLabel('Price in USD').fill('19.90');
  await page.getByLabel('Category').fill('Garden');
  await page.getByLabel('For sale').check();
  await page.getByRole('button', { name: 'Add the product' }).click();
  await page.getByRole('heading', { level: 1, name: 'Brass bell' }).waitFor();
  await page.getByText('Sold out').waitFor();

  const buffer = await sharp({ create: { width: 420, height: 300, channels: 3, background: '#b08030' } })
    .jpeg()
    .toBuffer();
  await page.locator('input[type=file]').setInputFiles([
    { name: 'bell.jpg', mimeType: 'image/jpeg', buffer },
    { name: 'page.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html></html>') },
  ]);
  await page.getByText('Send the picture as a JPEG').waitFor();
  await page.getByRole('button', { name: 'Remove picture 1' }).waitFor();

  await page.getByRole('button', { name: 'Add or take away' }).click();
  await page.getByLabel('Units', { exact: true }).fill('4');
  await page.getByLabel('Reason').fill('The first delivery');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await page.getByText('The first delivery').waitFor();

  const { page: shopPage } = await visit();
  await shopPage.goto('/?q=brass');
  await shopPage.getByRole('link', { name: 'Brass bell' }).click();
  await shopPage.getByText('$19.90').first().waitFor();
  const isDrawn = `[...document.querySelectorAll('img[alt="Brass bell"]')].some((image) => image.naturalWidth > 0)`;
  await expect.poll(() => shopPage.evaluate(isDrawn)).toBe(true);
});

test('On a phone the pages of the catalogue fit, can be used by everybody, and a file is looked at before it changes anything.', async () => {
  const { page, context } = await visit(phone);
  await signInAsOwner(context.request, shop().url);
  await page.goto('/admin/products/prod_teapot');
  await page.getByRole('heading', { level: 1, name: 'Round teapot' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.goto('/admin/discounts');
  await page.getByRole('button', { name: 'New code' }).click();
  await page.getByLabel('How much').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.goto('/admin/import');
  const buffer = Buffer.from('slug,price\nteapot,65\nolive-soap,6.00');
  await page.locator('input[type=file]').setInputFiles({ name: 'prices.csv', mimeType: 'text/csv', buffer });
  await page.getByText('Nothing is changed yet: 0 to add, 1 to change, 1 as they are.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  await page.getByRole('button', { name: 'Apply to 1 product' }).click();
  await page.getByText('Done: 0 added, 1 changed, 1 left as they are.').waitFor();
  await page.goto('/admin/products?q=teapot');
  await page.getByText('$65.00').waitFor();
});
