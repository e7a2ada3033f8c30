import { fieldRow, SelectField, TextField } from '../parts/field.tsx';
import { useShopConfig } from '../shop-config.ts';
import { AddressFields } from './address-fields.tsx';
import { bind } from './contact-section.tsx';
import type { CheckoutForm } from './use-checkout-form.ts';

export function DeliverySection({ form }: { form: CheckoutForm }) {
  const { countries } = useShopConfig();
  return (
    <section aria-labelledby="delivery">
      <h2 id="delivery" className="mb-4 font-semibold text-xl">
        2. Delivery
      </h2>
      <div className="space-y-4">
        <SelectField
          {...bind(form, 'country')}
          label="Country or region"
          autoComplete="shipping country"
          options={countries}
        />
        <div className={`${fieldRow} sm:grid-cols-2`}>
          <TextField
            {...bind(form, 'first_name')}
            label="First name"
            autoComplete="shipping given-name"
            spellCheck={false}
            maxLength={60}
          />
          <TextField
            {...bind(form, 'last_name')}
            label="Last name"
            autoComplete="shipping family-name"
            spellCheck={false}
            maxLength={60}
          />
        </div>
        <AddressFields form={form} prefix="" />
        <TextField
          {...bind(form, 'phone')}
          label="Phone (optional)"
          type="tel"
          inputMode="tel"
          autoComplete="shipping tel"
          maxLength={30}
          hint="Only for delivery questions"
        />
      </div>
    </section>
  );
}
