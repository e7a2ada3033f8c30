import type { OwnerLink } from '@paydesk/contract/admin/operators';
import type { APIRequestContext } from 'playwright-core';

const ownerPassword = 'the words of an owner';

/**
 * Makes somebody the shop's owner, by the link that is shown once, and signs their browser in. In a shop that has its owner already they
 * are signed in to that account.
 *
 * @returns the address they sign in with
 */
export async function signInAsOwner(
  request: APIRequestContext,
  shopUrl: string,
  email = 'owner@example.com',
): Promise<string> {
  const headers = { origin: shopUrl };
  const { link } = (await (await request.get('/api/operators/owner-link')).json()) as OwnerLink;
  if (link !== null) {
    const token = new URL(link).hash.slice(1);
    const data = { token, name: 'Olivia Owner', email, password: ownerPassword };
    const joined = await request.post('/api/operators/join', { headers, data });
    if (!joined.ok()) throw new Error(`The owner could not join: ${await joined.text()}`);
  }
  const data = { email, password: ownerPassword };
  const signedIn = await request.post('/api/auth/sign-in/email', { headers, data });
  if (!signedIn.ok()) throw new Error(`The owner could not sign in: ${await signedIn.text()}`);
  return email;
}
