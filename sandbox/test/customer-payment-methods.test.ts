import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { harness, refusal } from './support/harness.ts';

describe("a customer's payment methods", () => {
  it('are found one by one and by their traits', async () => {
    const { stripe } = await harness();
    const { id } = await stripe.customers.create();
    const visa = await stripe.paymentMethods.attach('pm_card_visa', { customer: id });
    const amex = await stripe.paymentMethods.attach('pm_card_amex', { customer: id });
    await stripe.paymentMethods.update(amex.id, { allow_redisplay: 'always' });
    expect(visa.card?.checks?.cvc_check).toBe('pass');
    const found = await stripe.customers.retrievePaymentMethod(id, visa.id);
    expect(found).toMatchObject({ id: visa.id, customer: id });
    const shown = await stripe.customers.listPaymentMethods(id, { allow_redisplay: 'always' });
    expect(shown.data.map((method) => method.id)).toEqual([amex.id]);
    const debits = await stripe.customers.listPaymentMethods(id, { type: 'sepa_debit' });
    expect(debits.data).toEqual([]);
    const other = await stripe.customers.create();
    const foreign = stripe.customers.retrievePaymentMethod(other.id, visa.id);
    expect(await refusal(foreign)).toMatchObject({ statusCode: 404, code: 'resource_missing' });
    expect(await refusal(stripe.customers.retrievePaymentMethod('cus_no', visa.id))).toMatchObject({
      statusCode: 404,
    });
  });

  it('are one when the same test card is given as method and as default', async () => {
    const { stripe } = await harness();
    const customer = await stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    });
    const { data } = await stripe.customers.listPaymentMethods(customer.id);
    expect(data.map(({ id }) => id)).toEqual([customer.invoice_settings.default_payment_method]);
  });

  it('pay invoices when one of them is the default', async () => {
    const { stripe } = await harness();
    const { id } = await stripe.customers.create();
    const visa = await stripe.paymentMethods.attach('pm_card_visa', { customer: id });
    const updated = await stripe.customers.update(id, {
      invoice_settings: { default_payment_method: visa.id },
      expand: ['invoice_settings.default_payment_method'],
    });
    expect(updated.invoice_settings.default_payment_method).toMatchObject({ id: visa.id });
    const [event] = (await stripe.events.list({ type: 'customer.updated' })).data;
    expect(event?.data.previous_attributes).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
    const loose = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
    const foreign = stripe.customers.update(id, { invoice_settings: { default_payment_method: loose.id } });
    expect(await refusal(foreign)).toMatchObject({ statusCode: 400 });
    const amex = await stripe.paymentMethods.attach('pm_card_amex', { customer: id });
    await stripe.customers.update(id, { invoice_settings: { default_payment_method: amex.id } });
    await stripe.paymentMethods.detach(amex.id);
    const without = (await stripe.customers.retrieve(id)) as Stripe.Customer;
    expect(without.invoice_settings.default_payment_method).toBeNull();
    await stripe.customers.del(id);
    const detached = await stripe.paymentMethods.retrieve(visa.id);
    expect(detached.customer).toBeNull();
  });

  it('stand beside names and an invoice prefix', async () => {
    const { stripe } = await harness();
    const made = await stripe.customers.create({ business_name: 'Cups', invoice_prefix: 'CUPS1' });
    expect(made).toMatchObject({ business_name: 'Cups', invoice_prefix: 'CUPS1' });
    const updated = await stripe.customers.update(made.id, { business_name: '', individual_name: 'Ada' });
    expect(updated).not.toHaveProperty('business_name');
    expect(updated.individual_name).toBe('Ada');
    const wrong = stripe.customers.update(made.id, { invoice_prefix: 'c' });
    expect(await refusal(wrong)).toMatchObject({ param: 'invoice_prefix' });
  });

  it('have no customer sessions and no ephemeral keys yet', async () => {
    const { stripe } = await harness();
    const { id } = await stripe.customers.create();
    const session = stripe.customerSessions.create({ customer: id, components: {} });
    expect(await refusal(session)).toMatchObject({ statusCode: 501 });
    const key = stripe.ephemeralKeys.create({ customer: id }, { apiVersion: '2026-10-28.endive' });
    expect(await refusal(key)).toMatchObject({ statusCode: 501 });
  });
});
