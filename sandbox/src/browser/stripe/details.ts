import type { Options } from '../shared/messages.ts';

/** What Address and e-mail Elements contribute to a payment, in the API's words. */
export interface GroupDetails {
  billing_details?: Options;
  shipping?: Options;
}

/** Reads the `change` payloads of the open Elements of a group. */
export function detailsOf(payloads: { type: string; payload: Options }[]): GroupDetails {
  const details: GroupDetails = {};
  for (const { type, payload } of payloads) {
    if (type !== 'address') {
      details.billing_details = { ...details.billing_details, email: payload.value.email };
    } else if (payload.elementMode === 'shipping') {
      details.shipping = person(payload.value);
    } else {
      details.billing_details = { ...details.billing_details, ...person(payload.value) };
    }
  }
  return details;
}

/**
 * Adds what the group knows to the parameters of a confirmation; what the merchant passes wins. That Stripe
 * resolves a conflict this way is not verified.
 */
export function withDetails(params: Options, details: GroupDetails, takesShipping: boolean): Options {
  const { payment_method_data: given = {}, shipping = details.shipping, ...rest } = params;
  const { billing_details: typed = {} } = details;
  const passed = given.billing_details ?? {};
  const billing = { ...typed, ...passed, address: { ...typed.address, ...passed.address } };
  return {
    ...rest,
    ...(takesShipping && shipping ? { shipping } : {}),
    payment_method_data: { ...given, billing_details: billing },
  };
}

/** Empty lines are left out: the API takes an empty text for the wish to remove one. */
function person({ name, phone, address }: Options): Options {
  const given = Object.fromEntries(Object.entries(address).filter(([, text]) => text));
  return { ...(name ? { name } : {}), ...(phone ? { phone } : {}), address: given };
}
