import { createHmac } from 'node:crypto';

/**
 * The `Stripe-Signature` header (docs.stripe.com/webhooks/signature).
 * @param timestamp seconds since 1970, of this attempt and not of the event
 */
export function signatureHeader(secret: string, timestamp: number, body: string): string {
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return `t=${timestamp},v1=${signature}`;
}
