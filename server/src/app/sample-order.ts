import type { Dispute } from '@paydesk/contract/disputes';
import type { Fulfilment } from '@paydesk/contract/fulfilments';
import type { Order } from '@paydesk/contract/orders';
import type { Payment } from '@paydesk/contract/payments';
import type { Refund } from '@paydesk/contract/refunds';
import { priceCart } from '../domain/pricing.ts';
import { iso } from './iso.ts';
import type { App, LetterSubject } from './ports.ts';

type About = LetterSubject['about'];

const goods = [
  { id: 'prod_sample-mug', name: 'Stoneware mug', attribute: 'Speckled white', price: 2_400, quantity: 2 },
  { id: 'prod_sample-soap', name: 'Olive soap', attribute: '120 g', price: 900, quantity: 1 },
];
const day = 86_400_000;
const hour = 3_600_000;

/** A made-up order in the state in which the mail about it is sent, with this shop's currency, rates and account. */
export function sampleOrder(app: App, about: About): Order {
  const now = app.clock.now();
  const isPaid = about !== 'placed' && about !== 'payment_failed' && about !== 'transfer';
  const frame = frameOf(app);
  const { total } = frame;
  const refund = refundOf(about, { at: iso(now), amount: share(total, 2) });
  const refunded = refund?.status === 'succeeded' ? refund.amount : { ...total, amount: 0 };
  return {
    ...frame,
    id: 'ord_sample',
    number: '7K3M-92QX',
    status: statusOf(about),
    fulfilment: about === 'shipped' ? 'fulfilled' : 'unfulfilled',
    fulfilments: about === 'shipped' ? [parcel(iso(now))] : [],
    version: 1,
    received: isPaid ? total : { ...total, amount: 0 },
    due: isPaid ? { ...total, amount: 0 } : total,
    refunded,
    payable: !isPaid,
    cancelable: !isPaid,
    placedAt: iso(now - hour),
    expiresAt: isPaid ? null : iso(now + app.shop.holdFor),
    paidAt: isPaid ? iso(now - hour) : null,
    payments: about === 'placed' ? [] : [paymentOf(app, about, total)],
    refunds: refund ? [refund] : [],
    disputes: about === 'disputed' ? [disputeOf({ at: iso(now), dueAt: iso(now + 7 * day), total })] : [],
    invoiceUrl: isPaid ? '/api/orders/ord_sample/invoice.pdf' : null,
    timeline: [],
    inAccount: false,
  };
}

function statusOf(about: About): Order['status'] {
  if (about === 'payment_failed') return 'failed';
  if (about === 'placed' || about === 'transfer') return 'pending';
  return about === 'refunded' ? 'partially_refunded' : 'paid';
}

/** Who bought what, priced as this shop would price it for its own country. */
function frameOf({ shop, keeper }: App) {
  const { currency } = shop;
  const { country } = keeper.config;
  const rates = shop.countries.get(country) ?? null;
  const lines = goods.map(({ id, quantity }) => ({ productId: id, quantity }));
  const priced = priceCart(lines, new Map(goods.map(({ id, price }) => [id, price])), null, rates);
  const money = (amount: number) => ({ amount, currency });
  return {
    contact: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
    shippingAddress: { line1: '1 Test Street', city: 'Testville', country },
    lines: priced.lines.map((line, index) => ({
      productId: line.productId,
      slug: 'sample',
      name: goods[index]!.name,
      attribute: goods[index]!.attribute,
      image: null,
      quantity: line.quantity,
      unitPrice: money(line.unitPrice),
      subtotal: money(line.subtotal),
      discount: money(line.discount),
      tax: money(line.tax),
      total: money(line.total),
    })),
    itemCount: priced.itemCount,
    discountCode: null,
    taxName: rates?.taxName ?? 'Tax',
    subtotal: money(priced.subtotal),
    discount: money(0),
    shipping: money(priced.shipping),
    tax: money(priced.tax),
    total: money(priced.total),
  };
}

function paymentOf({ shop, clock }: App, about: About, total: Payment['amount']): Payment {
  const now = clock.now();
  const isTransfer = about === 'transfer';
  const none = { ...total, amount: 0 };
  const account = shop.transferAccount ?? { accountHolder: shop.name, iban: '–', bic: null, bankName: null };
  const payUntil = iso(now + shop.longHoldFor);
  return {
    id: 'pay_sample',
    provider: isTransfer ? 'bank-transfer' : 'stripe',
    flow: isTransfer ? 'transfer' : 'elements',
    attempt: 1,
    status: isTransfer ? 'awaiting_transfer' : about === 'payment_failed' ? 'failed' : 'succeeded',
    amount: total,
    received: isTransfer || about === 'payment_failed' ? none : total,
    refunded: none,
    reference: null,
    card: isTransfer ? null : { brand: 'visa', last4: '4242' },
    failure: about === 'payment_failed' ? { message: 'Your card was declined. Try another one.' } : null,
    dashboardUrl: null,
    instructions: isTransfer ? { ...account, reference: '7K3M-92QX', payUntil } : null,
    createdAt: iso(now - hour),
  };
}

function refundOf(about: About, { at, amount }: { at: string; amount: Refund['amount'] }): Refund | null {
  if (about !== 'refunded' && about !== 'refund_failed') return null;
  const hasFailed = about === 'refund_failed';
  return {
    id: 'ref_sample',
    paymentId: 'pay_sample',
    status: hasFailed ? 'failed' : 'succeeded',
    amount,
    cause: 'operator',
    reason: 'A handle broke.',
    reference: 're_sample',
    failure: hasFailed ? { message: 'The bank did not accept it.' } : null,
    creditNoteUrl: hasFailed ? null : '/api/orders/ord_sample/credit-notes/ref_sample.pdf',
    createdAt: at,
    settledAt: at,
  };
}

function disputeOf({ at, dueAt, total }: { at: string; dueAt: string; total: Dispute['amount'] }): Dispute {
  return {
    id: 'dsp_sample',
    paymentId: 'pay_sample',
    status: 'needs_response',
    amount: total,
    reason: 'product_not_received',
    funds: 'withdrawn',
    evidenceDueAt: dueAt,
    openedAt: at,
    closedAt: null,
  };
}

function parcel(shippedAt: string): Fulfilment {
  const trackingUrl = 'https://carrier.example/track/1Z999';
  return { carrier: 'UPS', trackingNumber: '1Z999', trackingUrl, shippedAt };
}

function share({ amount, currency }: Refund['amount'], parts: number): Refund['amount'] {
  return { amount: Math.floor(amount / parts), currency };
}
