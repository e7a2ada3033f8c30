import type { AdminDiscount } from '@paydesk/contract/admin/discounts';
import { TextField } from '../../parts/field.tsx';
import { amountText } from '../products/price-text.ts';
import { momentText } from './discount-text.ts';

/** What can be changed about a code: when it works, how often, and from which sum. Only in a dialog: it knows the time zone. */
export function LimitFields({ discount, currency }: { discount?: AdminDiscount; currency: string }) {
  const count = (value: number | null | undefined) => (value == null ? '' : String(value));
  return (
    <>
      <TextField
        id="minimumSpend"
        label={`Minimum spend in ${currency.toUpperCase()}`}
        hint="Of goods. Empty: none."
        inputMode="decimal"
        autoComplete="off"
        defaultValue={discount?.minimumSpend ? amountText(discount.minimumSpend, currency) : ''}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          id="startsAt"
          label="Starts"
          type="datetime-local"
          defaultValue={momentText(discount?.startsAt ?? null)}
        />
        <TextField
          id="endsAt"
          label="Ends"
          type="datetime-local"
          defaultValue={momentText(discount?.endsAt ?? null)}
        />
        <TextField
          id="maxUses"
          label="Uses in all"
          hint="Empty: no limit."
          inputMode="numeric"
          autoComplete="off"
          defaultValue={count(discount?.maxUses)}
        />
        <TextField
          id="maxUsesPerEmail"
          label="Per customer"
          hint="Empty: no limit."
          inputMode="numeric"
          autoComplete="off"
          defaultValue={count(discount?.maxUsesPerEmail)}
        />
      </div>
      <TextField
        id="note"
        label="Note"
        hint="For you; no customer sees it."
        maxLength={200}
        autoComplete="off"
        defaultValue={discount?.note}
      />
    </>
  );
}
