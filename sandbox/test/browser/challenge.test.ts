import { expect, test } from 'vitest';
import type { ApiObject } from './support/setting.ts';
import { useShop } from './support/shop.ts';
import { challengeFrame } from './support/visit.ts';

const shop = useShop();

test('a bank reached by redirect sends the customer back with the outcome', async () => {
  const intent = await shop.setting.createIntent();
  const confirmed = await shop.setting.api('POST', `/v1/payment_intents/${intent.id}/confirm`, {
    payment_method: 'pm_card_authenticationRequired',
    return_url: `${shop.setting.merchant.url}/returned`,
  });
  await shop.page.goto(confirmed.next_action.redirect_to_url.url);
  await shop.page.getByRole('button', { name: 'Complete authentication' }).click();
  await shop.page.waitForURL('**/returned?**');
  expect(new URL(shop.page.url()).searchParams.get('redirect_status')).toBe('succeeded');
  expect(await shop.statusOf(intent.id)).toBe('succeeded');
  await shop.visit.expectClean();
});

test('handleNextAction finishes a payment that the shop’s server confirmed', async () => {
  const intent = await shop.open();
  await shop.setting.api('POST', `/v1/payment_intents/${intent.id}/confirm`, {
    payment_method: 'pm_card_authenticationRequired',
    use_stripe_sdk: 'true',
    return_url: 'http://127.0.0.1/returned',
  });
  const finished = shop.page.evaluate(`stripe.handleNextAction({ clientSecret: '${intent.client_secret}' })`);
  await challengeFrame(shop.page).getByRole('button', { name: 'Complete authentication' }).click();
  expect(((await finished) as ApiObject).paymentIntent.status).toBe('succeeded');
});

test('the page of a challenge tells nothing to somebody without its token', async () => {
  const intent = await shop.setting.createIntent();
  await shop.setting.api('POST', `/v1/payment_intents/${intent.id}/confirm`, {
    payment_method: 'pm_card_authenticationRequired',
    return_url: `${shop.setting.merchant.url}/returned`,
  });
  await shop.page.goto(`${shop.setting.sandboxUrl}/3ds/${intent.id}?token=guess&redirect=1`);
  expect(await shop.page.content()).not.toContain(intent.client_secret);
  expect(await shop.page.getByRole('button').count()).toBe(0);
});
