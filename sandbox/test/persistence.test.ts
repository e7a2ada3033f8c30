import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  eventually,
  harness,
  lineItem,
  receiver,
  WEBHOOK_SECRET,
  withoutRedirects,
} from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterAll(() => rm(folder, { recursive: true }));

const payment = {
  amount: 500,
  currency: 'usd',
  confirm: true,
  payment_method: 'pm_card_visa',
  automatic_payment_methods: withoutRedirects,
} as const;

describe('a sandbox with a file', () => {
  it('knows after a restart what it answered before', async () => {
    const db = join(folder, 'objects.db');
    const first = await harness({ db });
    const intent = await first.stripe.paymentIntents.create(payment, { idempotencyKey: 'order-1' });
    const session = await first.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://shop.test',
      line_items: [lineItem(500)],
    });
    const journal = (await first.call('GET', '/_sandbox/journal')).body;
    await first.sandbox.close();

    const second = await harness({ db });
    expect(await second.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded' });
    const replayed = await second.stripe.paymentIntents.create(payment, { idempotencyKey: 'order-1' });
    expect(replayed.id).toBe(intent.id);
    const items = await second.stripe.checkout.sessions.listLineItems(session.id);
    expect(items.data).toHaveLength(1);
    const page = await second.call(
      'POST',
      `/v1/payment_pages/${session.id}/confirm`,
      'payment_method=pm_card_visa',
    );
    expect(page.body.payment_status).toBe('paid');
    const after = (await second.call('GET', '/_sandbox/journal')).body;
    expect(after.entries.slice(0, journal.entries.length)).toEqual(journal.entries);
    expect(after.entries.map((entry: { seq: number }) => entry.seq)).toEqual(
      after.entries.map((_: unknown, index: number) => index + 1),
    );
  });

  it('goes on delivering, booking and settling after a restart', async () => {
    const db = join(folder, 'deliveries.db');
    let isUp = false;
    const { url, until } = await receiver(() => (isUp ? 200 : 503));
    const webhook = { url, secret: WEBHOOK_SECRET };
    const settings = { retry_scale: 3_000, charge_updated_delay_ms: 60_000, delayed_method_ms: 60_000 };
    const first = await harness({ db, webhook, settings });
    const intent = await first.stripe.paymentIntents.create(payment);
    const debit = await first.stripe.paymentIntents.create({
      amount: 500,
      currency: 'eur',
      confirm: true,
      automatic_payment_methods: withoutRedirects,
      payment_method_data: {
        type: 'sepa_debit',
        sepa_debit: { iban: 'AT611904300234573201' },
        billing_details: { name: 'Ada', email: 'ada@example.org' },
      },
    });
    await until((all) => all.length > 0);
    await first.sandbox.close();

    isUp = true;
    const clock = manualClock(Date.now() + 120_000);
    const second = await harness({ db, webhook, settings, clock });
    clock.advance(0);
    await until((all) => new Set(all.map(({ event }) => event.id)).size >= 6);
    clock.advance(120_000);
    const charge = await second.stripe.charges.retrieve(intent.latest_charge as string);
    expect(charge.balance_transaction).toMatch(/^txn_3/);
    expect((await second.stripe.paymentIntents.retrieve(debit.id)).status).toBe('succeeded');
    await eventually(
      async () => (await second.call('GET', '/_sandbox/deliveries?state=pending')).body.data,
      (pending) => pending.length === 0,
    );
    expect((await second.stripe.webhookEndpoints.list()).data).toHaveLength(1);
  });

  it('expires at its start what ran out while it was away', async () => {
    const db = join(folder, 'sessions.db');
    const clock = manualClock();
    const first = await harness({ db, clock });
    const session = await first.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://shop.test',
      line_items: [lineItem(500)],
      expires_at: clock.now() / 1000 + 1_800,
    });
    await first.sandbox.close();
    const later = manualClock(clock.now() + 3_600_000);
    const second = await harness({ db, clock: later });
    later.advance(0);
    expect((await second.stripe.checkout.sessions.retrieve(session.id)).status).toBe('expired');
  });
});

describe('a seed', () => {
  it('gives the same ids for the same calls', async () => {
    const run = async () => {
      const { stripe } = await harness({ seed: 'seed' });
      const intent = await stripe.paymentIntents.create(payment);
      return [intent.id, intent.client_secret, intent.latest_charge];
    };
    expect(await run()).toEqual(await run());
  });

  it('never gives an id twice over restarts of one file', async () => {
    const db = join(folder, 'seed.db');
    const ids: string[] = [];
    for (let run = 0; run < 3; run++) {
      const { stripe, sandbox } = await harness({ seed: 'seed', db });
      ids.push((await stripe.customers.create({ name: 'Ada' })).id);
      await sandbox.close();
    }
    expect(new Set(ids).size).toBe(3);
  });
});
