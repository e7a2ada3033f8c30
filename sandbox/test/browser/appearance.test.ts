import { describe, expect, test } from 'vitest';
import { useShop } from './support/shop.ts';
import { paymentFrame, resultAfterPay } from './support/visit.ts';

const shop = useShop();

const number = () => paymentFrame(shop.page).locator('[name="number"]');
const styleOf = (name: string) =>
  number().evaluate((node, property) => getComputedStyle(node).getPropertyValue(property), name);

async function openWith(options: object): Promise<void> {
  const intent = await shop.open();
  await number().waitFor();
  await shop.page.evaluate(`
    element.destroy();
    window.fresh = stripe.elements({ clientSecret: '${intent.client_secret}', ...${JSON.stringify(options)} });
    window.element = fresh.create('payment');
    element.mount('#payment');
  `);
  await number().waitFor();
}

describe('how the Elements look', () => {
  test('rules of the shop style fields by their state', async () => {
    const rules = {
      '.Input': { borderColor: 'rgb(1, 2, 3)' },
      '.Input--invalid': { backgroundColor: 'rgb(4, 5, 6)' },
    };
    await openWith({ appearance: { theme: 'night', rules } });
    expect(await styleOf('border-top-color')).toBe('rgb(1, 2, 3)');
    const before = await styleOf('background-color');
    await number().fill('4242424242424241');
    expect(await styleOf('background-color')).toBe('rgb(4, 5, 6)');
    expect(before).not.toBe('rgb(4, 5, 6)');
  });

  test('rules that would fetch something, or reach beyond the parts of the form, are left out', async () => {
    const rules = {
      '.Input': { backgroundImage: 'url(https://elsewhere.test/x.png)' },
      'input[value]': { color: 'rgb(1, 2, 3)' },
    };
    await openWith({ appearance: { rules } });
    expect(await styleOf('background-image')).toBe('none');
    expect(await styleOf('color')).not.toBe('rgb(1, 2, 3)');
  });

  test('fonts of the shop are loaded into the frame; a locale and a stylesheet of fonts are taken in peace', async () => {
    const fonts = [
      { family: 'Shop Sans', src: 'local("DejaVu Sans")', weight: '400' },
      { cssSrc: 'https://fonts.test/css' },
      { family: 'Broken', src: '!' },
    ];
    await openWith({ locale: 'de', fonts, appearance: { variables: { fontFamily: 'Shop Sans' } } });
    expect(await styleOf('font-family')).toContain('Shop Sans');
    const families = await paymentFrame(shop.page)
      .locator(':root')
      .evaluate(() => [...document.fonts].map((face) => face.family.replaceAll('"', '')));
    expect(families).toContain('Shop Sans');
    await resultAfterPay(shop.page);
    await shop.visit.expectClean();
  });
});
