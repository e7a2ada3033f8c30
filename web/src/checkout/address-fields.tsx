import { type AddressFieldRule, addressRules } from '@paydesk/contract/address';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { fieldRow, SelectField, TextField } from '../parts/field.tsx';
import type { AddressPrefix } from './checkout-values.ts';
import { bind } from './contact-section.tsx';
import type { CheckoutForm } from './use-checkout-form.ts';

type AddressFieldsProps = { form: CheckoutForm; prefix: AddressPrefix };

const tokens = { city: 'address-level2', state: 'address-level1', postal_code: 'postal-code' };

/** Street to postal code, with the parts, names and order of the chosen country. */
export function AddressFields({ form, prefix }: AddressFieldsProps) {
  const rules = addressRules(form.values[`${prefix}country`]);
  const kind = prefix === '' ? 'shipping' : 'billing';
  const { city, state, postalCode } = rules.fields;
  const parts = [
    { part: 'city', rule: city },
    { part: 'state', rule: state },
    { part: 'postal_code', rule: postalCode },
  ] as const;
  const used = parts.filter(({ rule }) => rule.use !== 'hidden');
  const shown = rules.postalFirst ? used.filter(({ part }) => part !== 'postal_code').reverse() : used;
  return (
    <>
      {rules.postalFirst && (
        <RegionField form={form} prefix={prefix} part="postal_code" rule={postalCode} className="sm:w-1/2" />
      )}
      <TextField
        {...bind(form, `${prefix}line1`)}
        label="Address"
        autoComplete={`${kind} address-line1`}
        maxLength={120}
      />
      <SecondLine form={form} prefix={prefix} />
      {shown.length > 0 && (
        <div className={`${fieldRow} sm:grid-cols-6`}>
          {shown.map(({ part, rule }) => (
            <RegionField
              key={part}
              form={form}
              prefix={prefix}
              part={part}
              rule={rule}
              className={widths[shown.length]!}
            />
          ))}
        </div>
      )}
    </>
  );
}

const widths: Record<number, string> = { 1: 'sm:col-span-3', 2: 'sm:col-span-3', 3: 'sm:col-span-2' };

type RegionFieldProps = AddressFieldsProps & {
  part: keyof typeof tokens;
  rule: AddressFieldRule;
  className: string;
};

function RegionField({ form, prefix, part, rule, className }: RegionFieldProps) {
  const kind = prefix === '' ? 'shipping' : 'billing';
  const common = {
    ...bind(form, `${prefix}${part}`),
    label: rule.use === 'optional' ? `${rule.label} (optional)` : rule.label,
    autoComplete: `${kind} ${tokens[part]}`,
    className,
  };
  if (rule.options) return <SelectField {...common} options={rule.options} placeholder="Select" />;
  if (part !== 'postal_code') return <TextField {...common} maxLength={80} />;
  return (
    <TextField
      {...common}
      inputMode={rule.numeric ? 'numeric' : 'text'}
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={16}
    />
  );
}

/** Most people do not need it, and an open optional field makes them stop and think. */
function SecondLine({ form, prefix }: AddressFieldsProps) {
  const field = `${prefix}line2` as const;
  const [open, setOpen] = useState(false);
  if (!open && form.values[field] === '') {
    return (
      <Button variant="quiet" size="small" className="-ml-3" onClick={() => setOpen(true)}>
        + Add apartment, suite, etc.
      </Button>
    );
  }
  return (
    <TextField
      {...bind(form, field)}
      label="Apartment, suite, etc. (optional)"
      autoComplete={prefix === '' ? 'shipping address-line2' : 'billing address-line2'}
      autoFocus={open}
      maxLength={120}
    />
  );
}
