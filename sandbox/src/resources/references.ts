/** Checks and shapes that several resources share. */
import type { PaymentIntent } from '../objects.ts';
import { type shipping, wholeAddress } from '../wire/common-parameters.ts';
import { missingResource } from '../wire/errors.ts';
import type { Type } from '../wire/schema.ts';
import type { Turn } from '../world.ts';

/** @throws ApiError 400 when the parameter `customer` leads nowhere */
export function checkCustomer(turn: Turn, id: string | undefined): void {
  if (id !== undefined && turn.world.store.customers.get(id) === undefined) {
    throw missingResource('customer', id, 'customer');
  }
}

export type ShippingInput = typeof shipping extends Type<infer T> ? T : never;

/** Stripe keeps every key, with null for what was not given. */
export function wholeShipping(given: ShippingInput | null | undefined): PaymentIntent['shipping'] {
  if (!given) return null;
  return {
    address: wholeAddress(given.address) as NonNullable<PaymentIntent['shipping']>['address'] & object,
    carrier: given.carrier ?? null,
    name: given.name,
    phone: given.phone ?? null,
    tracking_number: given.tracking_number ?? null,
  } as PaymentIntent['shipping'];
}
