import type { OperatorRules } from '@paydesk/contract/admin/operators';
import { type Currency, currencyDigits, formatMoney } from '@paydesk/contract/money';
import { useState } from 'react';
import { parseAmount } from '../../checkout/parse-amount.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { useShopConfig } from '../../shop-config.ts';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { Card, Facts } from '../parts/card.tsx';

/** What owners decide about all operators. */
export function RulesCard({ rules, editable }: { rules: OperatorRules; editable: boolean }) {
  const [open, setOpen] = useState(false);
  const currency = useShopConfig().currency as Currency;
  const amount = (limit: number | null) =>
    limit === null ? 'no limit' : `${formatMoney({ amount: limit, currency })} an order`;
  return (
    <Card
      title="Rules"
      className="self-start"
      actions={
        editable && (
          <Button variant="secondary" size="small" className="max-lg:min-h-11" onClick={() => setOpen(true)}>
            Change
          </Button>
        )
      }
    >
      <Facts
        facts={[
          ['A manager refunds up to', amount(rules.managerRefundLimit)],
          ['Anybody alone up to', amount(rules.secondPersonFrom)],
          ['Two-step sign-in', rules.requireTwoStep ? 'required' : 'offered'],
        ]}
      />
      <p className="mt-3 text-muted">A refund above a limit waits for somebody else to agree.</p>
      <ActionDialog
        open={open}
        onClose={() => setOpen(false)}
        title="Change the rules"
        method="PUT"
        path="/api/admin/operators/rules"
        action="Save"
        bodyOf={(form) => bodyOf(form, currency)}
      >
        <TextField
          id="manager"
          label="A manager refunds up to"
          hint="Of one order, in all. Empty: no limit."
          inputMode="decimal"
          defaultValue={decimal(rules.managerRefundLimit, currency)}
        />
        <TextField
          id="anybody"
          label="Anybody alone refunds up to"
          hint="More waits for a second person. Empty: no limit."
          inputMode="decimal"
          defaultValue={decimal(rules.secondPersonFrom, currency)}
        />
        <label className="flex min-h-11 items-center gap-2">
          <input type="checkbox" name="twoStep" defaultChecked={rules.requireTwoStep} className="size-5" />
          Operators must sign in with two steps
        </label>
      </ActionDialog>
    </Card>
  );
}

function decimal(limit: number | null, currency: Currency): string {
  if (limit === null) return '';
  const digits = currencyDigits[currency];
  return (limit / 10 ** digits).toFixed(digits);
}

function bodyOf(form: FormData, currency: Currency): OperatorRules | string {
  const managerRefundLimit = limitOf(String(form.get('manager')), currency);
  const secondPersonFrom = limitOf(String(form.get('anybody')), currency);
  if (managerRefundLimit === undefined || secondPersonFrom === undefined)
    return 'Enter an amount such as 200.00, or nothing.';
  return { managerRefundLimit, secondPersonFrom, requireTwoStep: form.get('twoStep') !== null };
}

function limitOf(text: string, currency: Currency): number | null | undefined {
  if (text.trim() === '') return null;
  return Number(text) === 0 ? 0 : (parseAmount(text, currency) ?? undefined);
}
