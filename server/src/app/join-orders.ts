import { claimGuestOrders } from '../db/people.ts';
import type { Person } from '../domain/person.ts';
import type { App } from './ports.ts';
import { normalizeEmail } from './quote.ts';

/**
 * Brings the orders that somebody placed as a guest into their account. Only for an address that they have shown to be theirs: it
 * is all that ties those orders to them.
 */
export async function joinOrders(
  app: Pick<App, 'database' | 'log'>,
  { id, email }: Pick<Person, 'id' | 'email'>,
): Promise<void> {
  const joined = await app.database.transaction((tx) => claimGuestOrders(tx, id, normalizeEmail(email)));
  if (joined > 0) app.log.info({ personId: id, orders: joined }, 'orders joined an account');
}
