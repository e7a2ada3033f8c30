import type { AdminOrder } from '@paydesk/contract/admin';
import { describe, expect, it } from 'vitest';
import { actionsFor, type DeskAction } from '../src/admin/order/desk-actions.ts';
import { planRefund, type RefundWish } from '../src/admin/order/refund-plan.ts';
import { givenWith, refundPreview } from '../src/admin/order/refund-preview.ts';
import { foldTimeline } from '../src/admin/order/timeline-fold.ts';

const usd = (amount: number) => ({ amount, currency: 'usd' });

/** Two mugs and a soap for $80.00, paid with one card; $5.00 of shipping among it. */
function desk({ order, ...more }: { order?: object } & Record<string, unknown> = {}): AdminOrder {
  return {
    order: {
      status: 'paid',
      fulfilment: 'unfulfilled',
      cancelable: false,
      contact: { firstName: 'Ada' },
      lines: [
        { productId: 'mug', quantity: 2, total: usd(5_001) },
        { productId: 'soap', quantity: 1, total: usd(2_499) },
      ],
      total: usd(8_000),
      payments: [
        {
          id: 'pay_1',
          flow: 'elements',
          status: 'succeeded',
          received: usd(8_000),
          card: { brand: 'visa', last4: '4242' },
        },
      ],
      refunds: [],
      disputes: [],
      ...order,
    },
    payments: [
      {
        id: 'pay_1',
        refundable: 8_000,
        unappliedRefundable: 0,
        isDisputed: false,
        byHand: false,
        fees: usd(262),
        paymentReference: 'pi_1',
        sessionReference: null,
      },
    ],
    refundable: {
      amount: usd(8_000),
      disputed: usd(0),
      lines: [
        { productId: 'mug', quantity: 2, restockable: 2 },
        { productId: 'soap', quantity: 1, restockable: 1 },
      ],
      shipping: true,
      before: [],
    },
    ...more,
  } as unknown as AdminOrder;
}

const wish: RefundWish = {
  way: 'all',
  paymentId: '',
  units: {},
  shipping: false,
  amount: '',
  restock: false,
  back: {},
  reason: 'You asked for your money back.',
};

describe('a refund', () => {
  it('of all that is left names the sum, so that no more goes back than was said', () => {
    expect(planRefund(desk(), { ...wish, restock: true })).toEqual({
      amount: 8_000,
      restocked: 3,
      request: {
        amount: usd(8_000),
        reason: wish.reason,
        restock: [
          { productId: 'mug', quantity: 2 },
          { productId: 'soap', quantity: 1 },
        ],
      },
      problem: null,
    });
  });

  it('of items is what the server will make of them, and puts those back', () => {
    const lines = {
      ...wish,
      way: 'lines' as const,
      units: { mug: 1, soap: 0 },
      shipping: true,
      restock: true,
    };
    expect(planRefund(desk(), lines)).toMatchObject({
      amount: 2_500 + 500,
      restocked: 1,
      request: { lines: [{ productId: 'mug', quantity: 1 }], shipping: true },
    });
  });

  it('of a sum puts back what was chosen, and no more than there is', () => {
    const sum = { ...wish, way: 'amount' as const, amount: '18', restock: true, back: { mug: 5 } };
    expect(planRefund(desk(), sum)).toMatchObject({
      amount: 1_800,
      request: { amount: usd(1_800), restock: [{ productId: 'mug', quantity: 2 }] },
    });
  });

  it.each([
    [{ way: 'lines' }, 'Choose at least one item.'],
    [{ way: 'lines', units: { mug: 3 } }, 'Choose at least one item.'],
    [{ way: 'amount', amount: 'x' }, 'Enter an amount, such as 18.00.'],
    [{ way: 'amount', amount: '80.01' }, 'This is more than can still be refunded.'],
    [{ reason: ' ' }, 'Say why; the customer reads it.'],
    [{ paymentId: 'pay_1', way: 'amount', amount: '90' }, 'This is more than can still be refunded.'],
  ] as const)('with %j is told what is wrong', (changes, problem) => {
    expect(planRefund(desk(), { ...wish, ...changes } as RefundWish).problem).toBe(problem);
  });

  it('says beforehand what it will do', () => {
    expect(refundPreview(desk(), { amount: 1_800, restocked: 1, paymentId: '' })).toEqual([
      'Ada gets $18.00 back on Visa ending 4242 in about 5–10 business days.',
      'Stripe keeps its fees of $2.62.',
      '1 item goes back to stock.',
    ]);
  });

  it('counts towards the limit with what operators gave back before', () => {
    const refunds = [
      { cause: 'operator', status: 'succeeded', amount: usd(300) },
      { cause: 'operator', status: 'failed', amount: usd(400) },
      { cause: 'duplicate', status: 'succeeded', amount: usd(500) },
    ];
    expect(givenWith(desk({ order: { refunds } }), 1_000)).toBe(1_300);
  });
});

describe('what an order asks for', () => {
  const sent = [{ id: 'pay_1', status: 'succeeded', flow: 'transfer' }];
  const awaiting = [{ id: 'pay_1', status: 'awaiting_transfer', flow: 'transfer' }];
  it.each<[string, object, DeskAction | null]>([
    ['pending', { status: 'pending', cancelable: true }, 'check'],
    ['pending by transfer', { status: 'pending', cancelable: true, payments: awaiting }, 'transfer'],
    ['processing', { status: 'processing' }, 'check'],
    ['partially_paid', { status: 'partially_paid', cancelable: true }, 'check'],
    ['partially_paid by transfer', { status: 'partially_paid', payments: sent }, 'transfer'],
    ['paid', {}, 'fulfil'],
    ['sent', { fulfilment: 'fulfilled' }, 'refund'],
    ['partially_refunded', { status: 'partially_refunded' }, 'fulfil'],
    ['refunded', { status: 'refunded' }, null],
    ['canceled', { status: 'canceled' }, null],
    ['expired', { status: 'expired' }, null],
    ['review', { status: 'review' }, 'check'],
    ['disputed', { disputes: [{ status: 'needs_response' }] }, null],
    ['disputed once', { disputes: [{ status: 'won' }] }, 'fulfil'],
  ])('when it is %s', (_, order, primary) => {
    expect(actionsFor(desk({ order }), { offersTransfer: false }).primary).toBe(primary);
  });

  it('is never offered where it cannot be done', () => {
    const empty = { amount: usd(0), disputed: usd(0), lines: [], shipping: false, before: [] };
    const none = desk({ order: { status: 'canceled' }, refundable: empty, payments: [] });
    expect(actionsFor(none, { offersTransfer: false })).toEqual({ primary: null, others: [] });
    const unpaid = desk({ order: { status: 'pending', cancelable: true }, refundable: empty, payments: [] });
    expect(actionsFor(unpaid, { offersTransfer: true })).toEqual({
      primary: null,
      others: ['transfer', 'cancel'],
    });
  });
});

it('a timeline shows the latest and the first, and folds what lies between', () => {
  const entries = Array.from({ length: 8 }, (_, index) => ({ type: String(index) })) as never[];
  const types = (part: readonly { type: string }[]) => part.map(({ type }) => type).join('');
  const { newest, middle, first } = foldTimeline(entries);
  expect([types(newest), types(middle), types(first)]).toEqual(['765', '4321', '0']);
  expect(types(foldTimeline(entries.slice(0, 4)).newest)).toBe('3210');
});
