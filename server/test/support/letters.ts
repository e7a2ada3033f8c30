import type { Dispute } from '@paydesk/contract/disputes';
import type { Order } from '@paydesk/contract/orders';
import type { Payment } from '@paydesk/contract/payments';
import type { Refund } from '@paydesk/contract/refunds';
import type { Letter, LetterSubject } from '../../src/app/ports.ts';

/** Letters of every kind about one order, for tests that read them. */

const usd = (amount: number) => ({ amount, currency: 'usd' });

function line(name: string, attribute: string, quantity: number, price: number): Order['lines'][number] {
  return {
    productId: `prod_${name}`,
    slug: name,
    name,
    attribute,
    image: null,
    quantity,
    unitPrice: usd(price),
    subtotal: usd(quantity * price),
    discount: usd(0),
    tax: usd(0),
    total: usd(quantity * price),
  };
}

const cardPayment: Payment = {
  id: 'pay_1',
  provider: 'stripe',
  flow: 'elements',
  attempt: 1,
  status: 'succeeded',
  amount: usd(11_664),
  received: usd(11_664),
  refunded: usd(0),
  reference: 'pi_1',
  card: { brand: 'visa', last4: '4242' },
  failure: null,
  dashboardUrl: null,
  instructions: null,
  createdAt: '2026-03-12T10:01:00.000Z',
};

const failedPayment: Payment = {
  ...cardPayment,
  status: 'failed',
  received: usd(0),
  failure: { message: 'This card does not have enough funds. Try another card.' },
};

const transferPayment: Payment = {
  ...cardPayment,
  provider: 'bank-transfer',
  flow: 'transfer',
  status: 'awaiting_transfer',
  received: usd(0),
  card: null,
  instructions: {
    accountHolder: 'Larkhouse Inc.',
    iban: 'DE89 3704 0044 0532 0130 00',
    bic: 'COBADEFFXXX',
    bankName: 'Commerzbank',
    reference: '7K3M-92QX',
    payUntil: '2026-03-19T10:00:00.000Z',
  },
};

export const refund: Refund = {
  id: 'ref_1',
  paymentId: 'pay_1',
  status: 'succeeded',
  amount: usd(2_400),
  cause: 'operator',
  reason: 'One mug arrived broken.',
  reference: 're_3PqXk2LkdIwHu7ix1',
  failure: null,
  creditNoteUrl: null,
  createdAt: '2026-03-14T09:00:00.000Z',
  settledAt: '2026-03-14T09:00:02.000Z',
};

const dispute: Dispute = {
  id: 'dsp_1',
  paymentId: 'pay_1',
  status: 'needs_response',
  amount: usd(11_664),
  reason: 'product_not_received',
  funds: 'withdrawn',
  evidenceDueAt: '2026-03-29T23:59:59.000Z',
  openedAt: '2026-03-20T08:00:00.000Z',
  closedAt: null,
};

/** An order that is not paid yet; with other properties where a test needs them. */
export function sampleOrder(changes: Partial<Order> = {}): Order {
  return {
    id: 'ord_1',
    number: '7K3M-92QX',
    status: 'pending',
    fulfilment: 'unfulfilled',
    version: 1,
    contact: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
    shippingAddress: {
      line1: '1 Main St',
      line2: 'Apartment 4',
      city: 'Springfield',
      state: 'IL',
      postalCode: '62701',
      country: 'US',
    },
    lines: [
      line('Stoneware mug', 'Oat', 2, 2_400),
      line('Linen apron with two deep pockets', 'Slate', 1, 6_200),
    ],
    itemCount: 3,
    discountCode: 'WELCOME10',
    taxName: 'Sales tax',
    subtotal: usd(11_000),
    discount: usd(1_100),
    shipping: usd(900),
    tax: usd(864),
    total: usd(11_664),
    received: usd(0),
    due: usd(11_664),
    refunded: usd(0),
    payable: true,
    cancelable: true,
    inAccount: false,
    placedAt: '2026-03-12T10:00:00.000Z',
    expiresAt: '2026-03-12T11:00:00.000Z',
    paidAt: null,
    payments: [],
    refunds: [],
    disputes: [],
    fulfilments: [],
    invoiceUrl: null,
    timeline: [],
    ...changes,
  };
}

export const paidOrder = sampleOrder({
  status: 'paid',
  received: usd(11_664),
  due: usd(0),
  expiresAt: null,
  payments: [cardPayment],
});

const shippedOrder: Order = {
  ...paidOrder,
  fulfilment: 'fulfilled',
  fulfilments: [
    {
      carrier: 'UPS',
      trackingNumber: '1Z999AA10123456784',
      trackingUrl: 'https://www.ups.com/track?tracknum=1Z999AA10123456784',
      shippedAt: '2026-03-13T09:00:00.000Z',
    },
  ],
};

export function letter(subject: LetterSubject, order: Order): Letter {
  return {
    ...subject,
    order,
    link: 'https://shop.example/orders/ord_1#access=token',
    shop: {
      name: 'Larkhouse',
      url: 'https://shop.example',
      seller: ['Larkhouse Inc.', '12 Harbor Road', 'Portland, OR 97201'],
    },
  };
}

/** One of each kind. */
export const letters: Record<LetterSubject['about'], Letter> = {
  placed: letter({ about: 'placed' }, sampleOrder()),
  payment_failed: letter(
    { about: 'payment_failed' },
    sampleOrder({ status: 'failed', payments: [failedPayment] }),
  ),
  paid: letter({ about: 'paid' }, paidOrder),
  shipped: letter({ about: 'shipped' }, shippedOrder),
  refunded: letter(
    { about: 'refunded', refund },
    { ...paidOrder, status: 'partially_refunded', refunded: usd(2_400), refunds: [refund] },
  ),
  refund_failed: letter({ about: 'refund_failed', refund: { ...refund, status: 'failed' } }, paidOrder),
  transfer: letter(
    { about: 'transfer', payment: transferPayment },
    sampleOrder({ payments: [transferPayment] }),
  ),
  disputed: letter({ about: 'disputed', dispute }, { ...paidOrder, disputes: [dispute] }),
};
