import { formatMoney } from '@paydesk/contract/money';

type Amount = { amount: number; currency: string };

export type TotalsOf = {
  subtotal: Amount;
  discount: Amount;
  discountCode: string | null;
  shipping: Amount | null;
  tax: Amount | null;
  taxName: string | null;
  total: Amount;
};

/** Subtotal to total, for a cart that is still open and for an order that stands. */
export function Totals({ of: totals, pending = false }: { of: TotalsOf; pending?: boolean }) {
  const known = totals.shipping !== null;
  return (
    <dl className={`space-y-2 transition-opacity ${pending ? 'opacity-60' : ''}`}>
      <Row label="Subtotal" value={formatMoney(totals.subtotal)} />
      {totals.discount.amount > 0 && (
        <Row
          label={totals.discountCode ? `Discount (${totals.discountCode})` : 'Discount'}
          value={formatMoney({ ...totals.discount, amount: -totals.discount.amount })}
        />
      )}
      <Row label="Shipping" value={known ? shippingText(totals.shipping!) : 'Calculated at checkout'} />
      {totals.tax && totals.tax.amount > 0 && (
        <Row label={totals.taxName ?? 'Tax'} value={formatMoney(totals.tax)} />
      )}
      <div className="flex items-baseline justify-between gap-4 border-border border-t pt-3">
        <dt className="font-semibold">{known ? 'Total' : 'Total before shipping and tax'}</dt>
        <dd className="font-semibold text-xl tabular-nums">
          <span className="mr-1.5 font-normal text-muted text-xs uppercase">{totals.total.currency}</span>
          {formatMoney(totals.total)}
        </dd>
      </div>
    </dl>
  );
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{label}</dt>
      <dd className="text-right tabular-nums">{value}</dd>
    </div>
  );
}

function shippingText(shipping: Amount): string {
  return shipping.amount === 0 ? 'Free' : formatMoney(shipping);
}
