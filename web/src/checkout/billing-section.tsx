import { SelectField } from '../parts/field.tsx';
import { useShopConfig } from '../shop-config.ts';
import { AddressFields } from './address-fields.tsx';
import { bind } from './contact-section.tsx';
import type { CheckoutForm } from './use-checkout-form.ts';

/** Where the card's bank sends its letters; most people live where they have things delivered. */
export function BillingSection({ form }: { form: CheckoutForm }) {
  const { countries } = useShopConfig();
  return (
    <div>
      <label className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          name="billing_same"
          checked={form.values.billing_same}
          onChange={(event) => form.setBillingSame(event.target.checked)}
          className="size-5 accent-accent"
        />
        Billing address same as delivery
      </label>
      {!form.values.billing_same && (
        <fieldset className="mt-3 space-y-4">
          <legend className="mb-3 font-semibold">Billing address</legend>
          <SelectField
            {...bind(form, 'billing_country')}
            label="Country or region"
            autoComplete="billing country"
            options={countries}
          />
          <AddressFields form={form} prefix="billing_" />
        </fieldset>
      )}
    </div>
  );
}
