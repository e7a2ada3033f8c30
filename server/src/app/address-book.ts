import type { SaveAddressRequest, SavedAddress } from '@paydesk/contract/account';
import { normalizeAddress } from '@paydesk/contract/address';
import type { Address } from '@paydesk/contract/orders';
import {
  type AddressRow,
  deleteAddress,
  insertAddress,
  listAddresses,
  setStandardAddress,
  updateAddress,
} from '../db/addresses.ts';
import { lockPerson } from '../db/people.ts';
import type { Tx } from '../db/schema.ts';
import { AppError } from './errors.ts';
import type { App } from './ports.ts';
import { requireAddress } from './quote.ts';

/** Nobody lives in more places. */
const mostAddresses = 20;

export async function listOwnAddresses(app: App, personId: string): Promise<SavedAddress[]> {
  return (await listAddresses(app.database.read, personId)).map(present);
}

/**
 * Adds an address to somebody's account, or with `id` changes one. The first one, and one that asks for it, becomes their standard one.
 *
 * @throws AppError country_not_served, invalid_address, too_many_addresses, address_not_found
 */
export async function saveAddress(
  app: App,
  personId: string,
  request: SaveAddressRequest,
  id?: string,
): Promise<SavedAddress[]> {
  requireAddress(app, request.address);
  const { address, isStandard, ...recipient } = request;
  const change = {
    recipient_json: JSON.stringify(recipient),
    address_json: JSON.stringify(normalizeAddress(address)),
  };
  await app.database.transaction(async (tx) => {
    await lockPerson(tx, personId);
    const saved = id ?? (await add(app, tx, personId, change));
    if (id !== undefined && !(await updateAddress(tx, { id, person_id: personId }, change)))
      throw new AppError('address_not_found');
    const others = (await listAddresses(tx, personId)).filter((row) => row.id !== saved);
    if (isStandard || others.length === 0) await setStandardAddress(tx, personId, saved);
  });
  return await listOwnAddresses(app, personId);
}

async function add(
  app: App,
  tx: Tx,
  personId: string,
  change: Pick<AddressRow, 'recipient_json' | 'address_json'>,
): Promise<string> {
  if ((await listAddresses(tx, personId)).length >= mostAddresses) throw new AppError('too_many_addresses');
  const id = app.ids.next('adr');
  await insertAddress(tx, {
    id,
    person_id: personId,
    ...change,
    is_standard: 0,
    created_at: app.clock.now(),
  });
  return id;
}

/** @throws AppError address_not_found */
export async function removeAddress(app: App, personId: string, id: string): Promise<SavedAddress[]> {
  await app.database.transaction(async (tx) => {
    await lockPerson(tx, personId);
    if (!(await deleteAddress(tx, personId, id))) throw new AppError('address_not_found');
    const [first] = await listAddresses(tx, personId);
    if (first && first.is_standard === 0) await setStandardAddress(tx, personId, first.id);
  });
  return await listOwnAddresses(app, personId);
}

function present(row: AddressRow): SavedAddress {
  const recipient = JSON.parse(row.recipient_json) as Pick<SavedAddress, 'firstName' | 'lastName' | 'phone'>;
  const address = JSON.parse(row.address_json) as Address;
  return { id: row.id, ...recipient, address, isStandard: row.is_standard === 1 };
}
