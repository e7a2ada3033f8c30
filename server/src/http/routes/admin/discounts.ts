import {
  AdminDiscounts,
  AdminDiscountsQuery,
  codePattern,
  DiscountChange,
  DiscountReply,
  NewDiscount,
} from '@paydesk/contract/admin/discounts';
import Type from 'typebox';
import {
  changeDiscount,
  createDiscount,
  endDiscount,
  listDiscountCodes,
  readDiscount,
} from '../../../app/catalogue/keep-discounts.ts';
import type { App } from '../../../app/ports.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';

const common = { tags: ['operators'], security: [{ operator: [] }] };
const params = Type.Object({ code: Type.String({ pattern: codePattern }) });
const EndRequest = Type.Object({ version: Type.Integer({ minimum: 1 }) }, { additionalProperties: false });

/** Discount codes: what they take off, when, and how often. */
export function adminDiscountRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/discounts',
    {
      schema: { ...common, querystring: AdminDiscountsQuery, response: { 200: AdminDiscounts } },
      ...needs('view'),
    },
    async ({ query }) => await listDiscountCodes(app, query),
  );

  server.get(
    '/api/admin/discounts/:code',
    { schema: { ...common, params, response: { 200: DiscountReply } }, ...needs('view') },
    async (request) => await readDiscount(app, request.params.code),
  );

  server.post(
    '/api/admin/discounts',
    { schema: { ...common, body: NewDiscount, response: { 201: DiscountReply } }, ...needs('manage') },
    async (request, reply) =>
      reply.code(201).send(await createDiscount(app, request.body, operatorOf(request).name)),
  );

  server.post(
    '/api/admin/discounts/:code',
    {
      schema: { ...common, params, body: DiscountChange, response: { 200: DiscountReply } },
      ...needs('manage'),
    },
    async (request) => await changeDiscount(app, request.params.code, request.body, operatorOf(request).name),
  );

  server.post(
    '/api/admin/discounts/:code/end',
    { schema: { ...common, params, body: EndRequest, response: { 200: DiscountReply } }, ...needs('manage') },
    async (request) =>
      await endDiscount(app, request.params.code, request.body.version, operatorOf(request).name),
  );
}
