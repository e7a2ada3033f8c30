import type { Breaks } from '@paydesk/contract/admin/breaks';
import type { Effect, Effects } from '@paydesk/contract/admin/effects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MailRefused } from '../../src/app/errors.ts';
import { mustHappen } from '../../src/app/give-up-effect.ts';
import { effectKinds } from '../../src/db/outbox.ts';
import { checkBooks } from '../support/books.ts';
import { operate, paidOrder, refund } from '../support/operators.ts';
import { databases, order, settleJobs, startTestShop, type TestShop } from '../support/shop.ts';

it('whatever is not a mail may not be given up by hand, and says why', () => {
  for (const kind of effectKinds) {
    const why = mustHappen(kind);
    if (kind.startsWith('mail.')) expect([kind, why]).toEqual([kind, null]);
    else expect([kind, why]).toEqual([kind, expect.stringMatching(/\.$/)]);
  }
});

describe.each(databases)('the outbox, by hand, on %s', (kind) => {
  let shop: TestShop;
  let refuses = true;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
    const { send } = shop.app.mailer;
    shop.app.mailer.send = async (mail) => {
      if (refuses) throw new MailRefused('550 no such user');
      await send(mail);
    };
  });
  afterAll(() => shop.stop());

  const list = async (query: string) => (await operate<Effects>(shop, 'GET', `/effects?${query}`)).body;
  const keysOf = async (query: string) => (await list(query)).effects.map(({ key }) => key);
  const act = async (key: string, verb: string, body?: object) =>
    await operate<{ effect: Effect }>(shop, 'POST', `/effects/${encodeURIComponent(key)}/${verb}`, {
      ...(body && { body }),
    });
  const openBreaks = async () =>
    (await operate<Breaks>(shop, 'GET', '/breaks?kind=effect_gave_up')).body.breaks.map(
      ({ object }) => object,
    );

  it('lists what waits, fails, was given up and is done, and all there is of one order', async () => {
    const waiting = await order(shop);
    const { placed } = await paidOrder(shop);
    const paid = `mail.paid:${placed.order.id}`;
    const close = `order.close:${waiting.order.id}`;
    expect(await keysOf('state=waiting')).toEqual(expect.arrayContaining([paid, close]));
    await settleJobs(shop);
    expect(await keysOf('state=gave-up')).toEqual([paid]);
    const [dead] = (await list('state=gave-up&kind=mail.paid')).effects;
    expect(dead).toMatchObject({
      orderNumber: placed.order.number,
      state: 'gave-up',
      lastError: '550 no such user',
      attempts: 1,
    });
    expect(await openBreaks()).toEqual([paid]);
    expect(await keysOf('state=done')).toContain(
      `payment.create:${placed.order.payments[0]?.id ?? (await subjectOf(placed.order.id))}`,
    );
    expect(await keysOf('state=done&kind=order.close')).toEqual([`order.close:${placed.order.id}`]);
    expect((await keysOf(`order=${placed.order.number}`)).toSorted()).toEqual(
      expect.arrayContaining([paid, `order.close:${placed.order.id}`]),
    );
    expect(await keysOf(`order=${placed.order.number}&state=gave-up`)).toEqual([paid]);
    expect(await keysOf('kind=nothing.known')).toEqual([]);
    await shop.app.database.transaction((tx) =>
      tx.updateTable('outbox').set({ last_error: 'not now' }).where('dedupe_key', '=', close).execute(),
    );
    expect(await keysOf('state=failing')).toEqual([close]);
    expect(await keysOf('state=waiting')).not.toContain(close);
    const { status, body } = await operate(shop, 'GET', '/effects?state=lost');
    expect([status, body.error?.code]).toEqual([400, 'invalid_request']);
  });

  const subjectOf = async (orderId: string) =>
    (
      await shop.app.database.read
        .selectFrom('payments')
        .select('id')
        .where('order_id', '=', orderId)
        .executeTakeFirst()
    )?.id;

  it('tries once more what was given up: it opens its break again, or is done', async () => {
    const [dead] = (await list('state=gave-up')).effects;
    const key = dead!.key;
    const { status, body } = await act(key, 'retry');
    expect([status, body.effect.state, body.effect.attempts, body.effect.gaveUpAt]).toEqual([
      200,
      'failing',
      0,
      null,
    ]);
    expect(await openBreaks()).toEqual([]);
    await settleJobs(shop);
    expect(await openBreaks()).toEqual([key]);
    refuses = false;
    await act(key, 'retry');
    await settleJobs(shop);
    expect((await list(`order=${dead!.orderNumber}`)).effects.find((one) => one.key === key)).toMatchObject({
      state: 'done',
    });
    expect(await openBreaks()).toEqual([]);
    const again = await act(key, 'retry');
    expect([again.status, again.body.error?.code]).toEqual([409, 'effect_done']);
    const nothing = await act('mail.paid:ord_none', 'retry');
    expect([nothing.status, nothing.body.error?.code]).toEqual([404, 'effect_not_found']);
    refuses = true;
  });

  it('gives up a mail with a reason, and its order does not say that it could not be delivered', async () => {
    const { placed } = await paidOrder(shop);
    await settleJobs(shop);
    const key = `mail.paid:${placed.order.id}`;
    expect(await openBreaks()).toEqual([key]);
    const { status, body } = await act(key, 'give-up', { reason: 'Told by telephone.' });
    expect([status, body.effect]).toMatchObject([
      200,
      { state: 'unneeded', lastError: 'given up by operator: Told by telephone.', gaveUpAt: null },
    ]);
    expect([await openBreaks(), await keysOf('state=gave-up')]).toEqual([[], []]);
    const silent = await act(key, 'give-up', {});
    expect([silent.status, silent.body.error?.code]).toEqual([400, 'invalid_request']);
  });

  it('never gives up what money may depend on', async () => {
    const { placed } = await paidOrder(shop);
    const { body } = await refund(shop, placed);
    const key = `refund.create:${body.refunds[0]!.id}`;
    await shop.app.database.transaction((tx) =>
      tx.updateTable('outbox').set({ done_at: null }).where('dedupe_key', '=', key).execute(),
    );
    const refused = await act(key, 'give-up', { reason: 'No.' });
    expect([refused.status, refused.body.error?.code]).toEqual([409, 'effect_must_happen']);
    await settleJobs(shop);
    await checkBooks(shop);
  });
});
