import type { Account, SavedAddress } from '@paydesk/contract/account';
import { type AddressInput, checkAddress, normalizeAddress } from '@paydesk/contract/address';
import type { FieldProblem } from '@paydesk/contract/errors';
import type { PlaceOrderRequest } from '@paydesk/contract/orders';
import type { ApiError } from '../api/call.ts';

/** What stands in the fields of the checkout, by the names of the fields. */
export type CheckoutValues = {
  email: string;
  country: string;
  first_name: string;
  last_name: string;
  line1: string;
  line2: string;
  city: string;
  state: string;
  postal_code: string;
  phone: string;
  billing_same: boolean;
  billing_country: string;
  billing_line1: string;
  billing_line2: string;
  billing_city: string;
  billing_state: string;
  billing_postal_code: string;
};

export type FieldName = keyof CheckoutValues;
export type TextFieldName = Exclude<FieldName, 'billing_same'>;
export type Problems = Partial<Record<FieldName, string>>;
export type AddressPrefix = '' | 'billing_';

export function emptyValues(country: string): CheckoutValues {
  const address = { line1: '', line2: '', city: '', state: '', postal_code: '' };
  return {
    email: '',
    country,
    first_name: '',
    last_name: '',
    ...address,
    phone: '',
    billing_same: true,
    billing_country: country,
    billing_line1: '',
    billing_line2: '',
    billing_city: '',
    billing_state: '',
    billing_postal_code: '',
  };
}

/** What an account knows already, for a visitor who is signed in. */
export function knownValues(account: Account | null): Partial<CheckoutValues> {
  if (!account) return {};
  if (!account.delivery) return { email: account.email };
  const { contact, shippingAddress: address } = account.delivery;
  return { email: account.email, ...savedValues({ ...contact, address }) };
}

/** A saved address as the fields of a delivery have it. */
export function savedValues({
  firstName,
  lastName,
  phone,
  address,
}: Omit<SavedAddress, 'id' | 'isStandard'>): Partial<CheckoutValues> {
  return {
    first_name: firstName,
    last_name: lastName,
    phone: phone ?? '',
    country: address.country,
    line1: address.line1,
    line2: address.line2 ?? '',
    city: address.city ?? '',
    state: address.state ?? '',
    postal_code: address.postalCode ?? '',
  };
}

// The same rule as the contract's Email, whose schema would bring a validator into the browser.
const emailPattern = /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@<>"(),;:\\.]{2,}$/;

export function isEmail(text: string): boolean {
  return text.length <= 254 && emailPattern.test(text);
}

/** What is missing or wrong, in the order of the form. The server applies the same rules and has the last word. */
export function checkValues(values: CheckoutValues): Problems {
  const problems: Problems = {};
  if (!isEmail(values.email.trim())) problems.email = 'Enter an email address like name@example.com';
  if (!values.first_name.trim()) problems.first_name = 'Enter a first name';
  if (!values.last_name.trim()) problems.last_name = 'Enter a last name';
  addAddressProblems(problems, values, '');
  if (!values.billing_same) addAddressProblems(problems, values, 'billing_');
  return problems;
}

/** The problems that the server names, as problems of our fields. */
export function problemsFromServer({ code, details }: Pick<ApiError, 'code' | 'details'>): Problems {
  const named = (details as { problems?: FieldProblem[] } | undefined)?.problems;
  const problems: Problems = {};
  for (const { path, message } of Array.isArray(named) ? named : []) {
    const field = fieldOfPath[path];
    // A schema speaks to programmers; our own rules should have caught this and said it better.
    if (field) problems[field] ??= code === 'invalid_request' ? 'Check what you entered here' : message;
  }
  return problems;
}

export function addressOf(values: CheckoutValues, prefix: AddressPrefix): AddressInput {
  return {
    line1: values[`${prefix}line1`],
    line2: values[`${prefix}line2`],
    city: values[`${prefix}city`],
    state: values[`${prefix}state`],
    postalCode: values[`${prefix}postal_code`],
    country: values[`${prefix}country`],
  };
}

export function toOrderRequest(
  values: CheckoutValues,
  items: PlaceOrderRequest['items'],
  discountCode: string | null,
): PlaceOrderRequest {
  const phone = values.phone.trim();
  return {
    items,
    ...(discountCode ? { discountCode } : {}),
    contact: {
      email: values.email.trim(),
      firstName: values.first_name.trim(),
      lastName: values.last_name.trim(),
      ...(phone ? { phone } : {}),
    },
    shippingAddress: normalizeAddress(addressOf(values, '')),
  };
}

function addAddressProblems(problems: Problems, values: CheckoutValues, prefix: AddressPrefix): void {
  for (const { path, message } of checkAddress(addressOf(values, prefix))) {
    const field = fieldOfPath[path];
    // Two addresses stand on the page, and the list of problems must say which one is meant.
    if (field)
      problems[`${prefix}${field}` as FieldName] = prefix ? `${message} for the billing address` : message;
  }
}

const fieldOfPath: Record<string, FieldName> = {
  '/contact/email': 'email',
  '/contact/firstName': 'first_name',
  '/contact/lastName': 'last_name',
  '/contact/phone': 'phone',
  '/shippingAddress/country': 'country',
  '/shippingAddress/line1': 'line1',
  '/shippingAddress/line2': 'line2',
  '/shippingAddress/city': 'city',
  '/shippingAddress/state': 'state',
  '/shippingAddress/postalCode': 'postal_code',
};
