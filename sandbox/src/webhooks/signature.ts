import { createHmac } from 'node:crypto';
import type { EndpointSecret } from '../objects.ts';

/**
 * The `Stripe-Signature` header (docs.stripe.com/webhooks/signature): one signature for each secret.
 * @param timestamp seconds since 1970, of this attempt and not of the event
 */
export function signatureHeader(secrets: readonly string[], timestamp: number, body: string): string {
  const signatures = secrets.map(
    (secret) => `,v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`,
  );
  return `t=${timestamp}${signatures.join('')}`;
}

/** The secrets that sign at this moment (milliseconds since 1970): two for a while after a roll. */
export function signingSecrets({ secret, previous }: EndpointSecret, now: number): string[] {
  return previous !== undefined && previous.expiresAt > now ? [secret, previous.secret] : [secret];
}

/**
 * Seconds since 1970 for a signature: the sandbox's time, and never less than the machine's. Receivers refuse what is
 * signed too long ago by their own clock, and a sandbox whose time stands still in the past is to be heard all the same.
 */
export function signingTime(now: number): number {
  return Math.floor(Math.max(now, Date.now()) / 1000);
}
