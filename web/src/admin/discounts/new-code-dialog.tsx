import { type AdminDiscount, codePattern, type DiscountReply } from '@paydesk/contract/admin/discounts';
import { useNavigate } from 'react-router';
import { SelectField, TextField } from '../../parts/field.tsx';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { limitsIn, valueIn } from './discount-text.ts';
import { LimitFields } from './limit-fields.tsx';

type NewCodeDialogProps = { open: boolean; onClose(): void; currency: string };

export function NewCodeDialog({ open, onClose, currency }: NewCodeDialogProps) {
  const navigate = useNavigate();
  return (
    <ActionDialog
      open={open}
      onClose={onClose}
      title="New code"
      path="/api/admin/discounts"
      action="Make the code"
      bodyOf={(form) => bodyOf(form, currency)}
      onDone={(answer) => void navigate(`/admin/discounts/${(answer as DiscountReply).discount.code}`)}
    >
      <TextField
        id="code"
        label="Code"
        hint="As customers type it; small and capital letters are the same."
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        required
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          id="kind"
          label="Takes off"
          hint="Cannot be changed later."
          options={[
            { code: 'percent', name: 'A percentage' },
            { code: 'fixed', name: `An amount in ${currency.toUpperCase()}` },
          ]}
        />
        <TextField
          id="value"
          label="How much"
          hint="Such as 10 or 12.5."
          inputMode="decimal"
          autoComplete="off"
          required
        />
      </div>
      <LimitFields currency={currency} />
    </ActionDialog>
  );
}

function bodyOf(form: FormData, currency: string): object | string {
  const code = String(form.get('code') ?? '').trim();
  if (!new RegExp(codePattern).test(code))
    return 'A code has 3 to 40 letters, digits, hyphens or underscores.';
  const kind = String(form.get('kind')) as AdminDiscount['kind'];
  const value = valueIn(String(form.get('value') ?? ''), kind, currency);
  if (value === null)
    return kind === 'percent' ? 'Enter a percentage from 0.01 to 100.' : 'Enter an amount such as 5.00.';
  const limits = limitsIn(form, currency);
  return typeof limits === 'string' ? limits : { code, kind, value, ...limits };
}
