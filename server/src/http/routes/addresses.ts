import { SaveAddressRequest, SavedAddresses } from '@paydesk/contract/account';
import { Id } from '@paydesk/contract/quote';
import Type from 'typebox';
import { removeAddress, saveAddress } from '../../app/address-book.ts';
import type { App } from '../../app/ports.ts';
import { requirePerson } from '../session.ts';
import type { Server } from '../types.ts';

const path = '/api/account/addresses';
const common = { tags: ['account'] };
const params = Type.Object({ id: Id });

/** Changes the addresses in somebody's account, where they are read too. Each call answers with all that there are then. */
export function addressRoutes(server: Server, app: App): void {
  server.post(
    path,
    { schema: { ...common, body: SaveAddressRequest, response: { 201: SavedAddresses } } },
    async (request, reply) => {
      const { id } = await requirePerson(app, request);
      return reply.code(201).send({ addresses: await saveAddress(app, id, request.body) });
    },
  );

  server.put(
    `${path}/:id`,
    { schema: { ...common, params, body: SaveAddressRequest, response: { 200: SavedAddresses } } },
    async (request) => {
      const { id } = await requirePerson(app, request);
      return { addresses: await saveAddress(app, id, request.body, request.params.id) };
    },
  );

  server.delete(
    `${path}/:id`,
    { schema: { ...common, params, response: { 200: SavedAddresses } } },
    async (request) => {
      const { id } = await requirePerson(app, request);
      return { addresses: await removeAddress(app, id, request.params.id) };
    },
  );
}
