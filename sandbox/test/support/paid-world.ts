/** For tests of what comes after a payment: a sandbox whose clock stands still, a paid charge, and the events since. */
import type Stripe from 'stripe';
import type { SandboxOptions } from '../../src/server.ts';
import { type Harness, harness, withoutRedirects } from './harness.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

export interface World extends Harness {
  clock: ManualClock;
}

/** How many events a booked payment has: created, charge.succeeded, payment_intent.succeeded, charge.updated. */
export const EVENTS_OF_A_PAYMENT = 4;

/** Between the charge and its dispute, and between evidence and decision; in milliseconds. */
export const DISPUTE_DELAY = 1_000;

export async function standingWorld(options: SandboxOptions = {}): Promise<World> {
  const clock = manualClock();
  const settings = { dispute_delay_ms: DISPUTE_DELAY, ...options.settings };
  return { ...(await harness({ clock, ...options, settings })), clock };
}

/** Pays 10,000 US cents with a Visa card, if nothing else is said, and books the charge. */
export async function payBooked(
  { stripe, clock }: World,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.Charge> {
  const intent = await stripe.paymentIntents.create({
    amount: 10_000,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    automatic_payment_methods: withoutRedirects,
    expand: ['latest_charge'],
    ...more,
  });
  clock.advance(0);
  return intent.latest_charge as Stripe.Charge;
}

/** All events but the first `count`, oldest first. */
export async function eventsAfter({ stripe }: World, count: number): Promise<Stripe.Event[]> {
  const { data } = await stripe.events.list({ limit: 100 });
  return data.reverse().slice(count);
}

export function typesOfEvents(events: Stripe.Event[]): string[] {
  return events.map((event) => event.type);
}

export function previousOf(event: Stripe.Event | undefined): unknown {
  return event?.data.previous_attributes;
}
