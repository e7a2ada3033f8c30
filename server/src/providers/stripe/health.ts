import Stripe from 'stripe';
import type { ProviderHealth } from '../../app/ports.ts';
import type { AccountRecord, EndpointRecord, ProviderSays } from '../../domain/health.ts';
import { apiVersion, type StripeClient } from './client.ts';
import { handledEvents } from './facts.ts';

/** Whoever asks for Stripe's health waits for the answer, so it is asked once and not for long, in milliseconds. */
const once = { timeout: 4_000, maxNetworkRetries: 0 };
/** The `Date` of an answer leaves out what has passed of its second: on average half of one, in milliseconds. */
const halfSecond = 500;

type Answer = { lastResponse: { headers: Record<string, string>; apiVersion?: string } };

/** What Stripe says of the account behind our key and of its webhook endpoints. Only reads. */
export function stripeHealth(stripe: StripeClient): ProviderHealth {
  return {
    registration: { path: '/api/webhooks/stripe', events: handledEvents, version: apiVersion },
    account: () => ask(() => stripe.accounts.retrieveCurrent({}, once), accountRecord),
    endpoints: () =>
      ask(
        () => stripe.webhookEndpoints.list({ limit: 100 }, once),
        ({ data }) => data.map(endpointRecord),
      ),
  };
}

async function ask<A extends Answer, T>(
  call: () => Promise<A>,
  read: (answer: A) => T,
): Promise<ProviderSays<T>> {
  try {
    const answer = await call();
    return { says: 'answer', value: read(answer), clock: clockOf(answer.lastResponse.headers) };
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    return { says: meaningOf(error), why: whyOf(error), clock: clockOf(error.headers ?? {}) };
  }
}

/** Behind a connection that failed, the system says more than the SDK. */
function whyOf({ message, detail }: Stripe.errors.StripeError): string {
  return detail instanceof Error ? `${message} (${detail.message})` : message;
}

function meaningOf(error: Stripe.errors.StripeError): 'wrong_key' | 'forbidden' | 'silent' {
  if (error instanceof Stripe.errors.StripeAuthenticationError) return 'wrong_key';
  return error instanceof Stripe.errors.StripePermissionError ? 'forbidden' : 'silent';
}

function clockOf(headers: { [name: string]: string }): number | null {
  const at = Date.parse(headers.date ?? '');
  return Number.isNaN(at) ? null : at + halfSecond;
}

function accountRecord(account: Stripe.Response<Stripe.Account>): AccountRecord {
  return {
    id: account.id,
    name: account.settings?.dashboard.display_name ?? account.business_profile?.name ?? null,
    takesPayments: account.charges_enabled,
    version: account.lastResponse.apiVersion ?? null,
  };
}

function endpointRecord(endpoint: Stripe.WebhookEndpoint): EndpointRecord {
  return {
    id: endpoint.id,
    url: endpoint.url,
    isEnabled: endpoint.status === 'enabled',
    events: endpoint.enabled_events,
    version: endpoint.api_version,
  };
}
