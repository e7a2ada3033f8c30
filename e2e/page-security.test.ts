import type { APIRequestContext } from 'playwright-core';
import { expect, test } from 'vitest';
import { fillCard, pay, startCheckout } from './pages/checkout.ts';
import { orderBecomes } from './pages/order-page.ts';
import { orderIdOf } from './support/shop-books.ts';
import { useShop } from './support/visitors.ts';

const { shop, visit } = useShop();

test('Every page forbids foreign and inline code, and its own HTML keeps to that.', async () => {
  const { page, context } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  const id = orderIdOf(page);

  const addresses = ['/', '/products/hand-wash', '/cart', '/checkout', `/checkout-complete?order=${id}`];
  const nonces: string[] = [];
  for (const address of [...addresses, '/payment/success', '/payment/cancel', `/orders/${id}`, '/nowhere']) {
    const { policy, html } = await load(context.request, address);
    nonces.push(checkPolicy(policy));
    checkHtml(html, nonces.at(-1)!);
  }
  expect(new Set(nonces).size).toBe(nonces.length);
});

test('Pages that know an order or a payment are kept by nobody and name themselves to nobody.', async () => {
  const { page, context } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  const id = orderIdOf(page);
  for (const address of [`/orders/${id}`, `/checkout-complete?order=${id}`, `/payment/success?order=${id}`]) {
    const { headers } = await load(context.request, address);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
  }
  const cookie = (await context.cookies()).find(({ name }) => name.includes(id));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});

test('Somebody else sees nothing of an order, neither its page nor that it exists.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  const id = orderIdOf(page);

  const { page: stranger } = await visit({ refusals: [/\/orders\//] });
  const answer = await stranger.goto(`/orders/${id}`);
  expect(answer?.status()).toBe(404);
  await stranger.getByRole('heading', { level: 1, name: 'We cannot find this order' }).waitFor();
  const unknown = await stranger.goto(`/orders/${id.slice(0, -4)}zzzz`);
  expect(unknown?.status()).toBe(404);
  await stranger.getByRole('heading', { level: 1, name: 'We cannot find this order' }).waitFor();
});

test('The link of a mail opens the order in a browser that has never seen it, and leaves nothing in the address.', async () => {
  const { page } = await visit();
  await startCheckout(page, 'olive-soap');
  await fillCard(page);
  await pay(page);
  await orderBecomes(page, 'paid');
  const id = orderIdOf(page);

  const { page: other, context } = await visit({ refusals: [/\/orders\//] });
  const link = await mailedLink(context.request, id);
  const headlines: string[] = [];
  await other.exposeFunction('sawHeadline', (text: string) => headlines.push(text));
  await other.addInitScript(`new MutationObserver(() => {
    for (const { textContent } of document.querySelectorAll('h1')) sawHeadline(textContent);
  }).observe(document, { childList: true, subtree: true });`);
  await other.goto(link);
  await orderBecomes(other, 'paid');
  await expect.poll(() => other.url()).toBe(link.split('#')[0]);
  expect(headlines.length).toBeGreaterThan(0);
  expect(headlines.join()).not.toContain('cannot find');
  await other.reload();
  await orderBecomes(other, 'paid');
});

/** The address behind the button of the receipt. */
async function mailedLink(request: APIRequestContext, orderId: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(async () => {
      const answer = await request.get(`${shop().url}/api/mailbox?order=${orderId}`);
      const { mails } = (await answer.json()) as { mails: { id: string; text: string }[] };
      const receipt = mails.find((mail) => mail.id.startsWith('mail.paid'));
      link = /\bhttp\S+#access=\S+/.exec(receipt?.text ?? '')?.[0];
      return link;
    })
    .toBeDefined();
  return link!;
}

test('A page that does not exist is a 404 with ways to go on.', async () => {
  const { page } = await visit({ refusals: [/\/nowhere|\/products\/no-such-thing/] });
  for (const address of ['/nowhere', '/products/no-such-thing']) {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(404);
    await page.getByRole('heading', { level: 1, name: /not found|cannot find/ }).waitFor();
    await page.getByRole('main').getByRole('searchbox', { name: 'Search products' }).waitFor();
    await page.getByRole('link', { name: 'Browse products' }).waitFor();
  }
});

test('The catalogue can be read, searched and filtered without JavaScript.', async () => {
  const { page } = await visit({ javaScriptEnabled: false, refusals: [/\/assets\/.*\.js$/] });
  await page.goto('/?category=bath');
  await page.getByRole('heading', { level: 1, name: 'Bath & body' }).waitFor();
  const search = page.getByRole('banner').getByRole('searchbox', { name: 'Search products' });
  await search.fill('soap');
  await search.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Results for “soap”' }).waitFor();
  await page.getByRole('link', { name: 'Olive oil soap' }).click();
  await page.getByRole('heading', { level: 1, name: 'Olive oil soap' }).waitFor();
  await page.locator('noscript p').filter({ hasText: 'The cart needs JavaScript.' }).first().waitFor();
});

async function load(request: APIRequestContext, address: string) {
  const answer = await request.get(address);
  const headers = answer.headers();
  return { headers, policy: headers['content-security-policy'] ?? '', html: await answer.text() };
}

/** Answers the nonce of this one answer. */
function checkPolicy(policy: string): string {
  const rules: Record<string, string[]> = Object.fromEntries(
    policy.split(/;\s*/).map((rule) => [rule.split(' ')[0]!, rule.split(' ').slice(1)]),
  );
  const sandbox = new URL(shop().sandboxUrl).origin;
  const [nonce] = rules['script-src']!.filter((source) => source.startsWith("'nonce-"));
  expect(policy).not.toMatch(/unsafe-|\*|https?:(?!\/\/)/);
  expect(rules['default-src']).toEqual(["'none'"]);
  expect(rules['script-src']).toEqual(["'self'", nonce, sandbox]);
  expect(rules['frame-src']).toEqual(["'self'", sandbox]);
  expect(rules['connect-src']).toEqual(["'self'", sandbox]);
  for (const name of ['base-uri', 'frame-ancestors', 'object-src']) expect(rules[name]).toEqual(["'none'"]);
  return nonce!.slice("'nonce-".length, -1);
}

function checkHtml(html: string, nonce: string): void {
  expect(html).toMatch(/^<!DOCTYPE html>/i);
  // Text between scripts only: what a script contains is not markup.
  const markup = html.replaceAll(/(<script\b[^>]*>)[\s\S]*?<\/script>/g, '$1');
  expect(markup.match(/\sstyle="[^"]*"/g)).toBeNull();
  expect(markup.match(/<style\b(?![^>]*\bnonce=)[^>]*>/g)).toBeNull();
  expect(markup.match(/\son[a-z]+="[^"]*"/g)).toBeNull();
  expect(markup.match(/(href|src|action)="javascript:/g)).toBeNull();
  for (const script of markup.match(/<script\b[^>]*>/g) ?? []) {
    const own = /\bsrc="\/[^/]/.test(script);
    if (!own) expect(script).toContain(`nonce="${nonce}"`);
  }
}
