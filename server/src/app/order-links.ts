import { createHmac, timingSafeEqual } from 'node:crypto';
import type { App } from './ports.ts';

/** How long a link in a mail opens its order, in milliseconds: 30 days, as long as the cookie it is exchanged for. */
const linkLife = 30 * 24 * 3_600_000;

type Signer = Pick<App, 'linkSecret' | 'clock'>;

/**
 * The address of an order's page that opens it for whoever has it. The token stands behind the #, which a browser sends to
 * nobody: the page exchanges it for a cookie and takes it out of the address. Nothing of it is stored.
 *
 * @param from epoch milliseconds from which the link's life counts; the same moment makes the same link again
 */
export function orderLink(app: Pick<App, 'linkSecret' | 'shop'>, orderId: string, from: number): string {
  return `${app.shop.frontendUrl}/orders/${orderId}#access=${linkToken(app, orderId, from)}`;
}

/** What such a link carries. */
export function linkToken(app: Pick<App, 'linkSecret'>, orderId: string, from: number): string {
  return sign(app.linkSecret, orderId, from + linkLife);
}

/** Whether this token was made by us for this order and is still good. Any other text is not. */
export function isLinkToken(app: Signer, orderId: string, token: string): boolean {
  const expiry = /^([0-9a-z]{1,11})\.[\w-]{43}$/.exec(token)?.[1];
  if (expiry === undefined) return false;
  const until = Number.parseInt(expiry, 36);
  const expected = Buffer.from(sign(app.linkSecret, orderId, until));
  const given = Buffer.from(token);
  const matches = given.length === expected.length && timingSafeEqual(given, expected);
  return matches && until > app.clock.now();
}

/** Expiry and signature: 256 bits that nobody can make without the secret. */
function sign(secret: string, orderId: string, until: number): string {
  const expiry = until.toString(36);
  return `${expiry}.${createHmac('sha256', secret).update(`${orderId}\n${expiry}`).digest('base64url')}`;
}
