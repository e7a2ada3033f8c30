import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import type { Payment } from '@paydesk/contract/payments';
import type { Refund } from '@paydesk/contract/refunds';
import type { Letter } from '../app/ports.ts';
import { dayOf, momentOf } from './words.ts';

/** One mail as its words, before it becomes HTML and text. */
export type MailPage = {
  subject: string;
  /** What a mail program shows behind the subject in its list. */
  preheader: string;
  title: string;
  paragraphs: string[];
  /** Values to copy or to check, each with its name. */
  facts: { label: string; value: string; url?: string }[];
  /** Said below the button. */
  note: string | null;
  button: { label: string; url: string };
  /** Whether lines and totals are listed, and where the parcel goes. */
  shows: { summary: boolean; address: boolean };
  /** Who reads it, and so why they got it. */
  reader: 'customer' | 'operator' | 'member';
};

type Words = Pick<MailPage, 'subject' | 'preheader' | 'title' | 'paragraphs'> & Partial<MailPage>;

/** What each mail says. */
export function pageOf(letter: Letter): MailPage {
  return {
    facts: [],
    note: null,
    button: { label: 'View your order', url: letter.link },
    shows: { summary: true, address: false },
    reader: 'customer',
    ...wordsOf(letter),
  };
}

function wordsOf(letter: Letter): Words {
  switch (letter.about) {
    case 'placed':
      return placed(letter);
    case 'payment_failed':
      return paymentFailed(letter);
    case 'paid':
      return paid(letter);
    case 'shipped':
      return shipped(letter);
    case 'refunded':
      return refunded(letter, letter.refund);
    case 'refund_failed':
      return refundFailed(letter, letter.refund);
    case 'transfer':
      return transfer(letter, letter.payment);
    case 'disputed':
      return disputed(letter);
  }
}

function placed({ order, shop, link }: Letter): Words {
  const until = order.expiresAt ? ` Your items are reserved until ${momentOf(order.expiresAt)}.` : '';
  const isUnderWay = order.status === 'processing';
  return {
    subject: `We have your order ${order.number}`,
    preheader: isUnderWay
      ? 'Your payment is being processed. We will write again when it is done.'
      : `${formatMoney(order.due)} is still to be paid.`,
    title: `Thank you, ${order.contact.firstName}`,
    paragraphs: isUnderWay
      ? [
          `${shop.name} has your order ${order.number}. Your payment is being processed, which can take a few days with some banks. We will write again when it is done.`,
        ]
      : [`${shop.name} has your order ${order.number}. It ships as soon as it is paid.${until}`],
    button: { label: isUnderWay ? 'View your order' : `Pay ${formatMoney(order.due)}`, url: link },
    note: isUnderWay ? null : 'Have you paid in the meantime? Then there is nothing more to do.',
    shows: { summary: true, address: true },
  };
}

function paymentFailed({ order, link }: Letter): Words {
  const failure = order.payments.findLast(({ failure }) => failure !== null)?.failure;
  const until = order.expiresAt ? ` We keep your items until ${momentOf(order.expiresAt)}.` : '';
  return {
    subject: `The payment for your order ${order.number} did not go through`,
    preheader: 'You have not been charged. You can try again with the same or another card.',
    title: 'Your payment did not go through',
    paragraphs: [
      ...(failure ? [failure.message] : []),
      `Your order ${order.number} is not paid yet, and you have not been charged for it.${until}`,
    ],
    button: { label: 'Try again', url: link },
    note: 'If you no longer want the order, there is nothing to do: it ends by itself, and costs nothing.',
  };
}

function paid({ order, shop }: Letter): Words {
  return {
    subject: `Your receipt for order ${order.number}`,
    preheader: `${formatMoney(order.received)} received. Your invoice is attached.`,
    title: `Thank you, ${order.contact.firstName}. Your order is paid.`,
    paragraphs: [
      `We have received ${formatMoney(order.received)} for your order ${order.number} at ${shop.name} and are getting it ready. Your invoice is attached as a PDF.`,
    ],
    shows: { summary: true, address: true },
  };
}

function shipped({ order, shop }: Letter): Words {
  const parcel = order.fulfilments.at(-1);
  const { carrier, trackingNumber: number, trackingUrl: url } = parcel ?? {};
  const by = carrier ? ` with ${carrier}` : '';
  return {
    subject: `Your order ${order.number} is on its way`,
    preheader: `It has left ${shop.name}${by}.`,
    title: 'Your order is on its way',
    paragraphs: [
      `Your order ${order.number} has left ${shop.name}${by}.${url ? ' You can follow it with the details below.' : ''}`,
    ],
    facts: [
      ...(carrier ? [{ label: 'Carrier', value: carrier }] : []),
      ...(number ? [{ label: 'Tracking number', value: number }] : []),
      ...(url ? [{ label: 'Follow it', value: url, url }] : []),
    ],
    shows: { summary: true, address: true },
  };
}

function refunded({ order }: Letter, refund: Refund): Words {
  const amount = formatMoney(refund.amount);
  return {
    subject: `We have refunded ${amount} for order ${order.number}`,
    preheader: `${refund.reason} ${arrivalOf(order, refund)}`,
    title: `${amount} is on its way back to you`,
    paragraphs: [
      `We have refunded ${amount} for your order ${order.number}. ${arrivalOf(order, refund)}`,
      ...(refund.creditNoteUrl ? ['The credit note is attached as a PDF.'] : []),
    ],
    facts: [
      { label: 'Amount', value: amount },
      { label: 'Reason', value: refund.reason },
      { label: 'Goes to', value: meansOf(order, refund) },
      ...(refund.reference ? [{ label: 'Reference', value: refund.reference }] : []),
    ],
    note: 'If it has not arrived by then, write to us with this reference.',
  };
}

function refundFailed({ order }: Letter, refund: Refund): Words {
  const amount = formatMoney(refund.amount);
  return {
    subject: `Your refund for order ${order.number} did not go through`,
    preheader: `Your bank sent ${amount} back to us. We are looking into it.`,
    title: 'Your refund did not go through',
    paragraphs: [
      `We had told you that ${amount} for your order ${order.number} is on its way. Your bank did not accept it, so the money came back to us. It is still yours.`,
      'We are looking into it and will find another way. You need not do anything now.',
    ],
    facts: [
      { label: 'Amount', value: amount },
      { label: 'Reason for the refund', value: refund.reason },
      ...(refund.reference ? [{ label: 'Reference', value: refund.reference }] : []),
    ],
    shows: { summary: false, address: false },
  };
}

function transfer({ order, shop, link }: Letter, payment: Payment): Words {
  const amount = formatMoney(payment.amount);
  const to = payment.instructions;
  return {
    subject: `How to pay order ${order.number} by bank transfer`,
    preheader: `Transfer ${amount}${to ? ` by ${dayOf(to.payUntil)}, with the reference ${to.reference}` : ''}.`,
    title: `Transfer ${amount} to ${shop.name}`,
    paragraphs: [
      `Use exactly the amount and the reference below, so that we know the money is for your order ${order.number}. We will write again when it has arrived.`,
    ],
    facts: to
      ? [
          { label: 'Amount', value: amount },
          { label: 'Reference', value: to.reference },
          { label: 'Account holder', value: to.accountHolder },
          { label: 'Account (IBAN)', value: to.iban },
          ...(to.bic ? [{ label: 'BIC', value: to.bic }] : []),
          ...(to.bankName ? [{ label: 'Bank', value: to.bankName }] : []),
          { label: 'Pay by', value: dayOf(to.payUntil) },
        ]
      : [],
    button: { label: 'View your order', url: link },
  };
}

function disputed(letter: Letter & { about: 'disputed' }): Words {
  const { order, dispute, link } = letter;
  const amount = formatMoney(dispute.amount);
  const due = dispute.evidenceDueAt;
  return {
    subject: `Dispute over ${amount} on order ${order.number}${due ? `: answer by ${dayOf(due)}` : ''}`,
    preheader: `The customer told the bank: ${words(dispute.reason)}.`,
    title: `A payment of order ${order.number} is disputed`,
    paragraphs: [
      `The customer told the bank that this payment was not in order. ${due ? `Without evidence by ${momentOf(due)} the money is lost.` : 'No evidence is asked for at the moment.'} The payment cannot be refunded meanwhile.`,
    ],
    facts: [
      { label: 'Amount', value: amount },
      { label: 'Reason', value: words(dispute.reason) },
      { label: 'Status', value: words(dispute.status) },
      {
        label: 'Money',
        value: dispute.funds === 'withdrawn' ? 'Taken back by the payment provider' : 'Not moved',
      },
      {
        label: 'Customer',
        value: `${order.contact.firstName} ${order.contact.lastName}, ${order.contact.email}`,
      },
    ],
    button: { label: 'Open the order', url: link },
    note: 'Evidence is sent in the dashboard of the payment provider.',
    reader: 'operator',
  };
}

/** A code such as product_not_received, as words. */
function words(code: string): string {
  const text = code.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * When the money usually arrives.
 *
 * @see https://docs.stripe.com/refunds for the days of a card refund
 */
function arrivalOf(order: Order, refund: Refund): string {
  return paymentOf(order, refund)?.flow === 'transfer'
    ? 'It usually arrives within 1 to 3 business days.'
    : 'It usually arrives within 5 to 10 business days.';
}

function meansOf(order: Order, refund: Refund): string {
  const payment = paymentOf(order, refund);
  if (payment?.card) return `The card ending ${payment.card.last4}`;
  return payment?.flow === 'transfer' ? 'Your bank account' : 'The card or account you paid with';
}

function paymentOf(order: Order, refund: Refund): Payment | undefined {
  return order.payments.find(({ id }) => id === refund.paymentId);
}
