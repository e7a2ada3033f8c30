import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approveRefund, refundOrder } from '../../src/app/refund-order.ts';
import { checkBooks, stockOnHand } from '../support/books.ts';
import { tell } from '../support/disputes.ts';
import { card, deliverRefundEvents, paidOrder, refund, trace } from '../support/operators.ts';
import { cart, databases, readOrder, startTestShop, type TestShop } from '../support/shop.ts';

const mug = 'prod_stoneware-mug';
const soap = 'prod_olive-soap';

describe.each(databases)('an order is refunded by line, on %s,', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
  });
  afterAll(async () => {
    await checkBooks(shop);
    await shop.stop();
  });

  const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
    status,
    body.error?.code,
  ];
  const items = [
    { productId: mug, quantity: 2 },
    { productId: soap, quantity: 1 },
  ];
  const some = async () => await paidOrder(shop, { body: cart(items) });

  it('by the share of its units, each unit once, and back on the shelf where that is wanted', async () => {
    const { placed } = await some();
    const before = await stockOnHand(shop);
    const [mugs, soaps] = placed.order.lines;
    const one = [{ productId: mug, quantity: 1 }];
    const first = await refund(shop, placed, { lines: one, restock: one });
    expect(first.status).toBe(201);
    const share = Math.floor(mugs!.total.amount / 2);
    expect(first.body.refunds.map(({ amount }) => amount.amount)).toEqual([share]);
    expect((await stockOnHand(shop)).get(mug)).toBe(before.get(mug)! + 1);
    expect((await trace(shop, placed)).refundable).toMatchObject({
      amount: { amount: placed.order.total.amount - share },
      lines: [
        { productId: mug, quantity: 1, restockable: 1 },
        { productId: soap, quantity: 1, restockable: 1 },
      ],
      shipping: true,
      before: one,
    });
    expect(codeOf(await refund(shop, placed, { lines: [{ productId: mug, quantity: 2 }] }))).toEqual([
      409,
      'refund_lines_taken',
    ]);
    const rest = [
      { productId: mug, quantity: 1 },
      { productId: soap, quantity: 1 },
    ];
    const second = await refund(shop, placed, { lines: rest });
    expect(second.body.refunds[0]!.amount.amount).toBe(mugs!.total.amount - share + soaps!.total.amount);
    const third = await refund(shop, placed, { shipping: true });
    expect(third.body.order).toMatchObject({ status: 'refunded', refunded: placed.order.total });
    expect(codeOf(await refund(shop, placed, { shipping: true }))).toEqual([409, 'order_not_refundable']);
  });

  it('again where the first try came to nothing', async () => {
    const { placed, intent } = await paidOrder(shop, { means: card('4000000000005126') });
    const lines = [{ productId: mug, quantity: 1 }];
    await refund(shop, placed, { lines });
    expect(codeOf(await refund(shop, placed, { lines }))).toEqual([409, 'refund_lines_taken']);
    await tell(shop, '/_sandbox/clock', { advance: '10s' });
    await deliverRefundEvents(shop, intent);
    expect((await readOrder(shop, placed)).refunds).toMatchObject([{ status: 'failed' }]);
    expect((await refund(shop, placed, { lines })).status).toBe(201);
  });

  it('but not by an amount as well, by nothing, or by units that it never had', async () => {
    const { placed } = await some();
    for (const [body, status, code] of [
      [{ amount: 100, lines: [{ productId: mug, quantity: 1 }] }, 400, 'invalid_request'],
      [{ amount: 100, shipping: true }, 400, 'invalid_request'],
      [{ lines: [] }, 400, 'invalid_request'],
      [{ lines: [{ productId: 'prod_none', quantity: 1 }] }, 409, 'refund_lines_taken'],
      [{ lines: [{ productId: mug, quantity: 4 }] }, 409, 'refund_lines_taken'],
    ] as const)
      expect(codeOf(await refund(shop, placed, body))).toEqual([status, code]);
  });

  it('once somebody else agrees, where one operator may not give back as much alone', async () => {
    const { placed } = await some();
    const orderId = placed.order.id;
    const lines = [{ productId: mug, quantity: 1 }];
    const wish = { orderId, lines, reason: 'It broke.', by: 'Mia' };
    const asked = await refundOrder(shop.app, {
      ...wish,
      alone: { limit: 0, asker: { id: 'one', name: 'Mia' } },
    });
    expect(asked.refunds).toEqual([]);
    expect((await trace(shop, placed)).refundable.before).toEqual([]);
    const owner = { id: 'two', name: 'Olivia', role: 'owner', signedInAt: null } as const;
    const { refunds } = await approveRefund(shop.app, asked.approvalId!, owner);
    expect(refunds[0]!.amount.amount).toBe(Math.floor(placed.order.lines[0]!.total.amount / 2));
    const seen = await trace(shop, placed);
    expect(seen.refundable.before).toEqual(lines);
    expect(seen.timeline.find(({ type }) => type === 'refund.requested')?.by).toBe(
      'Mia, agreed to by Olivia',
    );
  });
});
