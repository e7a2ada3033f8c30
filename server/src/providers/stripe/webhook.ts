import type Stripe from 'stripe';
import { AppError } from '../../app/errors.ts';
import type { Notification, SignedEvent } from '../../app/ports.ts';
import { apiVersion, type StripeClient } from './client.ts';
import { factOfEvent } from './facts.ts';

/** How far a signature's time may lie from ours, either way, in seconds. Stripe's own library looks at the past only. */
const tolerance = 300;

/**
 * Checks signature and time, then reads the event.
 *
 * @throws AppError invalid_signature, unsupported_media_type
 */
export function readSigned(
  webhooks: StripeClient['webhooks'],
  secret: string,
  { body, header: headerOf }: Notification,
  now: number,
): SignedEvent {
  // Without a type there is no body either, and then the signature says what is wrong.
  if (!/^application\/json\b/.test(headerOf('content-type') ?? 'application/json'))
    throw new AppError('unsupported_media_type');
  const header = headerOf('stripe-signature');
  const at = timeOf(header);
  if (header === undefined || at === null || Math.abs(now / 1_000 - at) > tolerance) {
    throw new AppError('invalid_signature');
  }
  try {
    // As text, because from bytes the SDK drops a byte order mark before it compares: what was not signed would pass.
    return interpret(webhooks.constructEvent(body.toString('utf8'), header, secret));
  } catch (cause) {
    throw new AppError('invalid_signature', { cause });
  }
}

/** The `t=` of a Stripe-Signature header, in epoch seconds; null unless there is exactly one whole number. */
function timeOf(header: string | undefined): number | null {
  const times = (header ?? '').split(',').filter((part) => part.trim().startsWith('t='));
  const text = times[0]?.trim().slice(2) ?? '';
  return times.length === 1 && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

/** Events carry the client secret of their object, which Stripe asks nobody to store. Source: PaymentIntent.client_secret. */
export function withoutSecrets(payload: string): string {
  if (!payload.includes('"client_secret"')) return payload;
  return payload.replace(/("client_secret"\s*:\s*)"[^"]*"/g, '$1null');
}

/** Reads an event whose signature was checked before. */
export function interpret(event: Stripe.Event): SignedEvent {
  const object = event.data?.object as { id?: unknown } | null | undefined;
  const isObject = typeof object === 'object' && object !== null;
  if (typeof event.id !== 'string' || typeof event.type !== 'string' || !isObject) {
    throw new AppError('invalid_signature', { message: 'This is not an event.' });
  }
  const objectId = typeof object.id === 'string' ? object.id : '';
  const { fact, reason } = factOfEvent(event);
  // Rendered for another API version its fields may mean something else, so it only tells us to look.
  const readable = event.api_version === apiVersion;
  return {
    id: event.id,
    type: event.type,
    createdAt: typeof event.created === 'number' ? event.created * 1_000 : null,
    objectId,
    reason,
    fact: fact && !readable ? { ...fact, final: false } : fact,
  };
}
