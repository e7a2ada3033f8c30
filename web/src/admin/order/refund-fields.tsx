import { formatMoney } from '@paydesk/contract/money';
import { shippingShare } from '@paydesk/contract/refund-shares';
import { methodText } from '../../order/method-text.ts';
import { SelectField, TextField } from '../../parts/field.tsx';
import { useDesk } from './desk-context.ts';
import { ReasonChoice } from './reason-choice.tsx';
import { mostRefundable, type RefundWish } from './refund-plan.ts';
import { UnitFields } from './unit-fields.tsx';

type RefundFieldsProps = {
  wish: RefundWish;
  change(changes: Partial<RefundWish>): void;
  /** What the wish comes to, in minor units. */
  amount: number;
};

/** What to refund, of which payment, what goes back on the shelf, and why. */
export function RefundFields({ wish, change, amount }: RefundFieldsProps) {
  const { desk } = useDesk();
  const { order, refundable } = desk;
  const currency = order.total.currency;
  const most = mostRefundable(desk, wish.paymentId);
  return (
    <>
      <PaymentChoice wish={wish} change={change} />
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-medium">What goes back</legend>
        <Way
          wish={wish}
          change={change}
          way="all"
          label={`All that is left, ${formatMoney({ amount: most, currency })}`}
        />
        <Way wish={wish} change={change} way="lines" label="Some of the items" />
        <Way wish={wish} change={change} way="amount" label="Another amount" />
      </fieldset>
      {wish.way === 'lines' && (
        <div className="grid gap-2">
          <UnitFields
            label="Refund"
            most={(productId) => refundable.lines.find((line) => line.productId === productId)!.quantity}
            units={wish.units}
            change={(units) => change({ units })}
          />
          {shippingShare(order) > 0 && (
            <Check
              label={`Shipping, ${formatMoney({ amount: shippingShare(order), currency })}`}
              note={refundable.shipping ? null : 'refunded before'}
              checked={wish.shipping}
              onChange={(shipping) => change({ shipping })}
            />
          )}
          <p className="text-right font-medium tabular-nums">{formatMoney({ amount, currency })}</p>
        </div>
      )}
      {wish.way === 'amount' && (
        <TextField
          id="refund-amount"
          label={`Amount (${currency.toUpperCase()})`}
          hint={`At most ${formatMoney({ amount: most, currency })}.`}
          inputMode="decimal"
          autoComplete="off"
          value={wish.amount}
          onChange={(event) => change({ amount: event.target.value })}
        />
      )}
      <Restock wish={wish} change={change} />
      <ReasonChoice reason={wish.reason} change={(reason) => change({ reason })} />
    </>
  );
}

type PartProps = Pick<RefundFieldsProps, 'wish' | 'change'>;

function Way({ wish, change, way, label }: PartProps & { way: RefundWish['way']; label: string }) {
  return (
    <label className="flex min-h-11 items-center gap-2 lg:min-h-8">
      <input
        type="radio"
        name="way"
        className="size-5 accent-accent lg:size-4"
        checked={wish.way === way}
        onChange={() => change({ way })}
      />
      {label}
    </label>
  );
}

/** Only where there is something to choose. */
function PaymentChoice({ wish, change }: PartProps) {
  const { order, payments, refundable } = useDesk().desk;
  const choices = payments.filter(
    (payment) => !payment.isDisputed && payment.refundable + payment.unappliedRefundable > 0,
  );
  const isForced = refundable.amount.amount === 0;
  const hasOther = choices.some(({ unappliedRefundable }) => unappliedRefundable > 0);
  if (choices.length < 2 && !hasOther) return null;
  const options = choices.map((facts) => {
    const payment = order.payments.find(({ id }) => id === facts.id)!;
    const left = { ...payment.amount, amount: facts.refundable + facts.unappliedRefundable };
    const other = facts.unappliedRefundable > 0 ? ', also what belongs to no order' : '';
    return {
      code: facts.id,
      name: `${payment.attempt}. ${methodText(payment) ?? 'Payment'}, ${formatMoney(left)}${other}`,
    };
  });
  return (
    <SelectField
      id="refund-payment"
      label="Of which payment"
      options={options}
      {...(!isForced && { placeholder: 'Any, the newest first' })}
      value={wish.paymentId}
      onChange={(event) => change({ paymentId: event.target.value })}
    />
  );
}

/** What goes back on the shelf: all that is left, the items that are refunded, or, with a sum, what is chosen. */
function Restock({ wish, change }: PartProps) {
  const { lines } = useDesk().desk.refundable;
  const left = lines.reduce((sum, { restockable }) => sum + restockable, 0);
  if (left === 0) return null;
  const words = {
    all: left === 1 ? 'Put the item back in stock' : `Put the ${left} items back in stock`,
    lines: 'Put these items back in stock',
    amount: 'Put items back in stock',
  };
  return (
    <>
      <Check
        label={words[wish.way]}
        note={null}
        checked={wish.restock}
        onChange={(restock) => change({ restock })}
      />
      {wish.restock && wish.way === 'amount' && (
        <UnitFields
          label="Back in stock"
          most={(productId) => lines.find((line) => line.productId === productId)!.restockable}
          units={wish.back}
          change={(back) => change({ back })}
        />
      )}
    </>
  );
}

type CheckProps = { label: string; note: string | null; checked: boolean; onChange(checked: boolean): void };

function Check({ label, note, checked, onChange }: CheckProps) {
  return (
    <label className="flex min-h-11 items-center gap-2 lg:min-h-8">
      <input
        type="checkbox"
        className="size-5 accent-accent lg:size-4"
        checked={checked}
        disabled={note !== null}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
      {note && <span className="text-muted">({note})</span>}
    </label>
  );
}
