/** The calls for events of customers and of what they keep with them. */
import type { Answer, TriggerApi } from './api.ts';
import type { Scenario } from './scenarios.ts';

const changed = { 'metadata[changed_by]': 'trigger' };

export const customerScenarios: Readonly<Record<string, Scenario>> = {
  'customer.created': customer,
  'customer.deleted': async (api) => api.delete(`/v1/customers/${(await customer(api)).id}`),
  'customer.source.created': source,
  'customer.source.deleted': async (api) => api.delete(pathOf(await source(api))),
  'customer.source.updated': async (api) => api.post(pathOf(await source(api)), { name: 'Jenny R. Rosen' }),
  'customer.updated': async (api) => api.post(`/v1/customers/${(await customer(api)).id}`, changed),
  'payment_method.attached': attached,
  'payment_method.detached': async (api) =>
    api.post(`/v1/payment_methods/${(await attached(api)).id}/detach`),
  'payment_method.updated': async (api) =>
    api.post(`/v1/payment_methods/${(await attached(api)).id}`, changed),
};

function customer(api: TriggerApi): Promise<Answer> {
  return api.post('/v1/customers', { name: 'Jenny Rosen', email: 'jenny@example.com' });
}

async function attached(api: TriggerApi): Promise<Answer> {
  const { id } = await customer(api);
  return api.post('/v1/payment_methods/pm_card_visa/attach', { customer: id });
}

async function source(api: TriggerApi): Promise<Answer> {
  const { id } = await customer(api);
  return api.post(`/v1/customers/${id}/sources`, { source: 'tok_visa' });
}

function pathOf({ id, customer }: Answer): string {
  return `/v1/customers/${customer}/sources/${id}`;
}
