import type { Minor } from './money.ts';

/**
 * What a document says, frozen when its number is taken: nothing in it is looked up again, so that a later change of the
 * shop's settings, of a product or of a rate changes no document. Amounts are minor units, times epoch milliseconds, and
 * everything else is in words.
 */
export type DocumentHead = {
  /** As it is written: INV-000123. */
  number: string;
  issuedAt: number;
  orderNumber: string;
  currency: string;
  /** No real money moved, so it is no document for a tax office. */
  sandbox: boolean;
  shopName: string;
  /** Who runs the shop: name, address and tax number, a line each. */
  seller: readonly string[];
  /** Who bought: name, e-mail address and telephone, a line each. */
  customer: readonly string[];
  /** Name and address as they go on the parcel. */
  delivery: readonly string[];
};

export type DocumentLine = {
  name: string;
  attribute: string;
  quantity: number;
  unitPrice: Minor;
  amount: Minor;
};

export type InvoiceContent = DocumentHead & {
  placedAt: number;
  paidAt: number;
  lines: readonly DocumentLine[];
  subtotal: Minor;
  discount: Minor;
  discountCode: string | null;
  shipping: Minor;
  taxName: string;
  tax: Minor;
  total: Minor;
  /** Together the total. `method` is how it was paid: Visa •••• 4242. */
  payments: readonly { at: number; method: string; amount: Minor }[];
};

export type CreditNoteContent = DocumentHead & {
  /** Null where money went back for an order that never was paid whole, and so has no invoice. */
  invoice: { number: string; issuedAt: number } | null;
  reason: string;
  refundedAt: number;
  method: string;
  amount: Minor;
  /** What of it is tax, as it is booked. */
  tax: Minor;
  taxName: string;
};

/** A refund as its invoice lists it. */
export type InvoiceCredit = { number: string; at: number; reason: string; amount: Minor };

export type DocumentKind = 'invoice' | 'credit_note';

const prefixes: Record<DocumentKind, string> = { invoice: 'INV', credit_note: 'CN' };

/** The number as people write it; one series for each kind, for as long as the shop lives. */
export function documentNumber(kind: DocumentKind, count: number): string {
  return `${prefixes[kind]}-${String(count).padStart(6, '0')}`;
}
