/** The calls for events of products, prices, coupons, promotion codes and tax rates. */
import type { Answer, TriggerApi } from './api.ts';
import type { Scenario } from './scenarios.ts';

const changed = { 'metadata[changed_by]': 'trigger' };

export const catalogueScenarios: Readonly<Record<string, Scenario>> = {
  'coupon.created': coupon,
  'coupon.deleted': async (api) => api.delete(`/v1/coupons/${(await coupon(api)).id}`),
  'coupon.updated': async (api) => api.post(`/v1/coupons/${(await coupon(api)).id}`, changed),
  'price.created': price,
  'price.updated': async (api) => api.post(`/v1/prices/${(await price(api)).id}`, changed),
  'product.created': product,
  'product.deleted': async (api) => api.delete(`/v1/products/${(await product(api)).id}`),
  'product.updated': async (api) => api.post(`/v1/products/${(await product(api)).id}`, changed),
  'promotion_code.created': promotionCode,
  'promotion_code.updated': async (api) =>
    api.post(`/v1/promotion_codes/${(await promotionCode(api)).id}`, changed),
  'tax_rate.created': taxRate,
  'tax_rate.updated': async (api) => api.post(`/v1/tax_rates/${(await taxRate(api)).id}`, changed),
};

function product(api: TriggerApi): Promise<Answer> {
  return api.post('/v1/products', { name: 'Made by trigger' });
}

async function price(api: TriggerApi): Promise<Answer> {
  const { id } = await product(api);
  return api.post('/v1/prices', { product: id, currency: 'usd', unit_amount: 2_000 });
}

function coupon(api: TriggerApi): Promise<Answer> {
  return api.post('/v1/coupons', { duration: 'once', percent_off: 25 });
}

async function promotionCode(api: TriggerApi): Promise<Answer> {
  const { id } = await coupon(api);
  return api.post('/v1/promotion_codes', { 'promotion[type]': 'coupon', 'promotion[coupon]': id });
}

function taxRate(api: TriggerApi): Promise<Answer> {
  return api.post('/v1/tax_rates', { display_name: 'VAT', inclusive: 'false', percentage: 20 });
}
