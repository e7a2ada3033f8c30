import { countryName } from '@paydesk/contract/countries';
import type { Address, Contact } from '@paydesk/contract/orders';
import type { OrderLineRow, OrderRow } from '../db/orders.ts';
import type { PaymentRow } from '../db/payments.ts';
import type { RefundRow } from '../db/refunds.ts';
import type { CreditNoteContent, DocumentHead, InvoiceContent } from '../domain/document.ts';
import type { App } from './ports.ts';

/** What documents say about an order, in words that are ready to be frozen. */

export type Issued = { number: string; issuedAt: number };

export function invoiceContent(
  app: App,
  issued: Issued,
  { order, lines, payments }: { order: OrderRow; lines: OrderLineRow[]; payments: PaymentRow[] },
): InvoiceContent {
  const paying = payments.filter(({ received, unapplied }) => received > unapplied);
  return {
    ...headOf(app, issued, order, payments),
    placedAt: order.placed_at,
    paidAt: order.paid_at ?? issued.issuedAt,
    lines: lines.map((line) => ({
      name: line.name,
      attribute: line.attribute,
      quantity: line.quantity,
      unitPrice: line.unit_price,
      amount: line.subtotal,
    })),
    subtotal: order.subtotal,
    discount: order.discount,
    discountCode: order.discount_code,
    shipping: order.shipping,
    taxName: order.tax_name,
    tax: order.tax,
    total: order.total,
    payments: paying.map((payment) => ({
      at: payment.last_event_at ?? payment.closed_at ?? payment.created_at,
      method: methodOf(payment),
      amount: payment.received - payment.unapplied,
    })),
  };
}

/** `tax` is what the books took back of it for this refund. */
export function creditNoteContent(
  app: App,
  issued: Issued,
  about: { order: OrderRow; payments: PaymentRow[]; refund: RefundRow; invoice: Issued | null; tax: number },
): CreditNoteContent {
  const { order, payments, refund, invoice, tax } = about;
  const payment = payments.find(({ id }) => id === refund.payment_id);
  return {
    ...headOf(app, issued, order, payments),
    invoice,
    reason: refund.reason,
    refundedAt: refund.settled_at ?? issued.issuedAt,
    method: payment ? methodOf(payment) : 'The original payment method',
    amount: refund.amount,
    tax,
    taxName: order.tax_name,
  };
}

function headOf(app: App, issued: Issued, order: OrderRow, payments: PaymentRow[]): DocumentHead {
  const contact = JSON.parse(order.contact_json) as Contact;
  const address = JSON.parse(order.address_json) as Address;
  const name = `${contact.firstName} ${contact.lastName}`;
  return {
    ...issued,
    orderNumber: order.number,
    currency: order.currency,
    sandbox: payments.some(({ provider }) => app.providers.get(provider)?.live !== true),
    shopName: app.shop.name,
    seller: app.shop.seller,
    customer: [name, contact.email, ...(contact.phone === undefined ? [] : [contact.phone])],
    delivery: [name, ...addressLines(app, address)],
  };
}

function addressLines(app: App, address: Address): string[] {
  const { line1, line2, city, state, postalCode, country } = address;
  const town = [city, state, postalCode].filter(Boolean).join(', ');
  // It may have been taken off the list since.
  const called = app.shop.countries.get(country)?.name ?? countryName(country);
  return [line1, line2, town, called].filter((line): line is string => Boolean(line));
}

const brandNames: Record<string, string> = {
  amex: 'American Express',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

/** How it was paid, as on a receipt: Visa •••• 4242. */
function methodOf({ flow, card_brand: brand, card_last4: last4 }: PaymentRow): string {
  if (flow === 'transfer') return 'Bank transfer';
  if (brand === null || last4 === null) return 'Online payment';
  return `${brandNames[brand] ?? brand.charAt(0).toUpperCase() + brand.slice(1)} •••• ${last4}`;
}
