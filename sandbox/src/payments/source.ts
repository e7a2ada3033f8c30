/**
 * Cards as sources of a customer (docs.stripe.com/api/cards), with the events of the time before payment methods.
 * In which order these come with `customer.updated`, and the sentences, are not verified.
 */
import type { Customer, PaymentMethod } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { type Described, keepMethod } from './describe-method.ts';
import { cardShape, isLegacyCard } from './legacy-card.ts';
import { checkAttachable, noteChecks, release } from './payment-method.ts';
import { takeToken } from './token.ts';

/**
 * The card behind a token, which its bank lets be kept.
 * @throws ApiError 402 when the card is declined, 400 for a token that is unknown or used
 */
export function describeSource(turn: Turn, token: string): Described {
  const described = takeToken(turn, token, 'source');
  checkAttachable(described.number, described.cvcGiven);
  return described;
}

/** Gives the card to the customer. */
export function addSource(turn: Turn, customer: Customer, described: Described): PaymentMethod {
  const { method, number } = described;
  noteChecks(method, number);
  method.customer = customer.id;
  keepMethod(turn, described);
  emit(turn, 'customer.source.created', cardShape(method));
  return method;
}

/** Takes the card away; the newest of the others becomes the customer's default. */
export function removeSource(turn: Turn, customer: Customer, method: PaymentMethod): void {
  dropSource(turn, method);
  if (customer.default_source !== method.id) return;
  setDefaultSource(turn, customer, sourcesOf(turn, customer.id).at(-1)?.id ?? null);
}

/** The same without another default: the caller has one. */
export function dropSource(turn: Turn, method: PaymentMethod): void {
  const card = cardShape(method);
  release(turn, method);
  emit(turn, 'customer.source.deleted', card);
}

export function setDefaultSource(turn: Turn, customer: Customer, id: string | null): void {
  const previous = { default_source: customer.default_source };
  if (previous.default_source === id) return;
  customer.default_source = id;
  save(turn, turn.world.store.customers, customer, 'updated');
  emit(turn, 'customer.updated', customer, previous);
}

/** Oldest first. */
export function sourcesOf(turn: Pick<Turn, 'world'>, customer: string): PaymentMethod[] {
  return turn.world.store.payment_methods.withIndex(customer).filter(isLegacyCard);
}

/** @throws ApiError 404, or 400 with the parameter's name */
export function findSource(
  turn: Pick<Turn, 'world'>,
  customer: Customer,
  id: string,
  param = 'id',
): PaymentMethod {
  const method = turn.world.store.payment_methods.get(id);
  if (method?.customer === customer.id && isLegacyCard(method)) return method;
  if (param === 'id') throw missingResource('source', id);
  throw invalidRequest(
    `Customer ${customer.id} does not have a source with ID ${id}.`,
    'resource_missing',
    param,
  );
}
