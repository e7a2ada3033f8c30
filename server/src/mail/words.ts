import { countryName } from '@paydesk/contract/countries';
import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';

/** What the texts of the mails are made of. Mails are written in English, like the shop's pages; times are said in UTC. */

type Amount = { amount: number; currency: string };

const days = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });
const moments = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** An ISO time as a day: March 12, 2026. */
export function dayOf(iso: string): string {
  return days.format(new Date(iso));
}

/** An ISO time with its hour, for somebody whose time zone we do not know. */
export function momentOf(iso: string): string {
  return `${moments.format(new Date(iso))} UTC`;
}

export type SummaryLine = { name: string; detail: string; amount: string };
export type SummaryTotal = { label: string; amount: string; isStrong?: boolean };

export function linesOf(order: Order): SummaryLine[] {
  return order.lines.map(({ name, attribute, quantity, unitPrice, subtotal }) => ({
    name,
    detail: [attribute, `${quantity} × ${formatMoney(unitPrice)}`].filter((part) => part !== '').join(' · '),
    amount: formatMoney(subtotal),
  }));
}

/** From subtotal to total, and below it what has been paid and given back. */
export function totalsOf(order: Order): SummaryTotal[] {
  const { discount, discountCode, shipping, tax, taxName, received, refunded, due, total } = order;
  return [
    { label: 'Subtotal', amount: formatMoney(order.subtotal) },
    ...when(discount.amount > 0, discountCode ? `Discount (${discountCode})` : 'Discount', minus(discount)),
    { label: 'Shipping', amount: shipping.amount === 0 ? 'Free' : formatMoney(shipping) },
    ...when(tax.amount > 0, taxName, formatMoney(tax)),
    { label: 'Total', amount: formatMoney(total), isStrong: true },
    ...when(received.amount > 0, 'Paid', formatMoney(received)),
    ...when(refunded.amount > 0, 'Refunded', minus(refunded)),
    ...when(received.amount > 0 && due.amount > 0 && !hasEnded(order), 'Still due', formatMoney(due)),
  ];
}

/** Nobody owes anything for an order that ended unpaid. */
function hasEnded({ status }: Order): boolean {
  return status === 'canceled' || status === 'expired';
}

function when(isSo: boolean, label: string, amount: string): SummaryTotal[] {
  return isSo ? [{ label, amount }] : [];
}

function minus({ amount, currency }: Amount): string {
  return formatMoney({ amount: -amount, currency });
}

/** Name and address as they go on the parcel. */
export function addressOf({ contact, shippingAddress: at }: Order): string[] {
  const place = [at.city, at.state, at.postalCode].filter(Boolean).join(', ');
  return [
    `${contact.firstName} ${contact.lastName}`,
    at.line1,
    at.line2,
    place,
    countryName(at.country),
  ].filter((line): line is string => line !== undefined && line !== '');
}
