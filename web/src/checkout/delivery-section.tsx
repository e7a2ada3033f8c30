import type { SavedAddress } from '@paydesk/contract/account';
import { fieldRow, SelectField, TextField } from '../parts/field.tsx';
import { useShopConfig } from '../shop-config.ts';
import { AddressFields } from './address-fields.tsx';
import { savedValues } from './checkout-values.ts';
import { bind } from './contact-section.tsx';
import type { CheckoutForm } from './use-checkout-form.ts';

export function DeliverySection({ form, addresses }: { form: CheckoutForm; addresses: SavedAddress[] }) {
  return (
    <section aria-labelledby="delivery">
      <h2 id="delivery" className="mb-4 font-semibold text-xl">
        2. Delivery
      </h2>
      <SavedAddressField form={form} addresses={addresses} />
      <DeliveryFields form={form} />
    </section>
  );
}

/** Who and where: the fields of one address. */
export function DeliveryFields({ form }: { form: CheckoutForm }) {
  const { countries } = useShopConfig();
  return (
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
  );
}

/** Which of several saved addresses to begin with; one alone is filled in already. */
function SavedAddressField({ form, addresses }: { form: CheckoutForm; addresses: SavedAddress[] }) {
  if (addresses.length < 2) return null;
  return (
    <SelectField
      id="saved_address"
      label="Saved address"
      className="mb-4"
      placeholder="Choose one to fill it in"
      options={addresses.map(({ id, firstName, lastName, address }) => ({
        code: id,
        name: `${firstName} ${lastName}, ${address.line1}`,
      }))}
      onChange={(event) => {
        const chosen = addresses.find(({ id }) => id === event.target.value);
        if (chosen) form.fill(savedValues(chosen));
      }}
    />
  );
}
