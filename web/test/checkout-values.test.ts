import { describe, expect, it } from 'vitest';
import {
  type CheckoutValues,
  checkValues,
  emptyValues,
  isEmail,
  problemsFromServer,
  toOrderRequest,
} from '../src/checkout/checkout-values.ts';

const filled: CheckoutValues = {
  ...emptyValues('US'),
  email: ' ada@example.com ',
  first_name: 'Ada',
  last_name: "O'Neill-Lovelace",
  line1: '1 Main St',
  city: 'New York',
  state: 'NY',
  postal_code: '10001',
};

describe('checkValues', () => {
  it('finds nothing wrong with a complete form', () => {
    expect(checkValues(filled)).toEqual({});
  });

  it('names what is missing in the order of the form', () => {
    expect(Object.keys(checkValues(emptyValues('US')))).toEqual([
      'email',
      'first_name',
      'last_name',
      'line1',
      'city',
      'state',
      'postal_code',
    ]);
  });

  it('asks for a billing address only where it differs', () => {
    const problems = checkValues({ ...filled, billing_same: false, billing_line1: '1 Side St' });
    expect(Object.keys(problems)).toEqual(['billing_city', 'billing_state', 'billing_postal_code']);
  });
});

describe('isEmail', () => {
  it.each(['ada@example.com', 'a.b+c@sub.example.co.uk'])('takes %s', (text) =>
    expect(isEmail(text)).toBe(true),
  );
  it.each(['ada', 'ada@example', 'a da@example.com', 'ada@@example.com'])('refuses %s', (text) =>
    expect(isEmail(text)).toBe(false),
  );
});

describe('toOrderRequest', () => {
  it('trims what was typed and leaves out what is empty', () => {
    expect(toOrderRequest(filled, [{ productId: 'prod_mug', quantity: 2 }], null)).toEqual({
      items: [{ productId: 'prod_mug', quantity: 2 }],
      contact: { email: 'ada@example.com', firstName: 'Ada', lastName: "O'Neill-Lovelace" },
      shippingAddress: {
        line1: '1 Main St',
        city: 'New York',
        state: 'NY',
        postalCode: '10001',
        country: 'US',
      },
    });
  });
});

describe('problemsFromServer', () => {
  const problems = [{ path: '/shippingAddress/postalCode', message: 'Enter a ZIP code with 5 digits' }];

  it('puts the sentences of the address rules to their fields', () => {
    expect(problemsFromServer({ code: 'invalid_address', details: { problems } })).toEqual({
      postal_code: 'Enter a ZIP code with 5 digits',
    });
  });

  it('does not show the words of a schema to a shopper', () => {
    const details = { problems: [{ path: '/contact/email', message: 'must match pattern' }] };
    expect(problemsFromServer({ code: 'invalid_request', details })).toEqual({
      email: 'Check what you entered here',
    });
  });

  it('ignores details of another shape', () => {
    expect(problemsFromServer({ code: 'out_of_stock', details: { productId: 'prod_mug' } })).toEqual({});
    expect(problemsFromServer({ code: 'internal_error', details: undefined })).toEqual({});
  });
});
