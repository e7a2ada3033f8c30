/** What the customer typed beside the payment method, as `/v1/payment_pages/:cs/confirm` takes it. */
export function readEntered(form: HTMLFormElement): Record<string, unknown> {
  const custom = [...form.querySelectorAll<HTMLInputElement>('[name^="customField-"]')];
  const entered = custom.filter(({ value }) => value.trim() !== '');
  return {
    customer_details: {
      email: typed(form, 'email') || undefined,
      phone: typed(form, 'phoneNumber') || undefined,
    },
    ...(form.querySelector('#shippingAddressLine1') && {
      shipping: { name: typed(form, 'shippingName'), address: readAddress(form, 'shipping') },
    }),
    ...(entered.length > 0 && {
      custom_fields: entered.map(({ name, value }) => ({
        key: name.slice('customField-'.length),
        value: value.trim(),
      })),
    }),
    ...(form.querySelector<HTMLInputElement>('#termsOfServiceConsentCheckbox')?.checked && {
      consent: { terms_of_service: 'accepted' },
    }),
  };
}

/** Fields that the chosen country does not have are left out. */
export function readAddress(form: HTMLFormElement, prefix: 'shipping' | 'billing'): Record<string, unknown> {
  const part = (name: string): string | undefined => {
    const input = form.querySelector(`#${prefix}${name}`);
    return (input?.closest('[hidden]') ? '' : typed(form, `${prefix}${name}`)) || undefined;
  };
  return {
    country: part('Country'),
    line1: part('AddressLine1'),
    line2: part('AddressLine2'),
    city: part('Locality'),
    state: part('AdministrativeArea'),
    postal_code: part('PostalCode'),
  };
}

export function typed(form: HTMLFormElement, name: string): string {
  const control = form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null;
  return control?.value.trim() ?? '';
}
