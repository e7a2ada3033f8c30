import fc from 'fast-check';
import type { Server } from '../../src/http/types.ts';
import { hostileEmails, hostileNumbers, hostileStrings } from './hostile.ts';

/** The parts of a JSON schema that our contract uses. */
export type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
};

type OpenApi = {
  paths: Record<string, { post?: { requestBody?: { content: { 'application/json': { schema: Schema } } } } }>;
};

/** What each POST asks for, by path, as the server documents it. */
export async function bodySchemas(server: Server): Promise<Record<string, Schema>> {
  const { paths } = (await server.inject({ url: '/api/docs/json' })).json<OpenApi>();
  const schemas = Object.entries(paths).flatMap(([path, { post }]) =>
    post?.requestBody ? [[path, post.requestBody.content['application/json'].schema] as const] : [],
  );
  return Object.fromEntries(schemas);
}

/** Values that fit, by member, for bodies that are made from the schemas. */
export const rightValues = {
  productId: ['prod_stoneware-mug', 'prod_olive-soap', 'prod_none'],
  quantity: [1, 2, 99],
  discountCode: ['WELCOME10', 'NOPE'],
  country: ['US', 'GB', 'AQ'],
  email: ['ada@example.com'],
  firstName: ['Ada'],
  lastName: ['Lovelace'],
  phone: ['+1 555 0100'],
  line1: ['1 Main St'],
  line2: ['Apt 1'],
  city: ['Springfield'],
  state: ['IL'],
  postalCode: ['62701'],
  orderId: ['ord_none'],
};

const leaf: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...hostileStrings, ...hostileEmails),
  fc.constantFrom(...hostileNumbers).map((text) => JSON.parse(text) as unknown),
  fc.integer(),
  fc.double(),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as unknown),
);

/**
 * Values that look like the schema from afar: its members in their places, some missing, some more, most of them wrong.
 * `right` gives values that fit, by the name of the member, so that errors deep inside are reached at all.
 */
export function nearly(schema: Schema, right: Record<string, unknown[]>, name = ''): fc.Arbitrary<unknown> {
  const wrong = { arbitrary: leaf, weight: 1 };
  const known = right[name] ?? schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (known) return fc.oneof(wrong, { arbitrary: fc.constantFrom(...known), weight: 20 });
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => nearly(one, right, name)));
  if (schema.properties) {
    const members = Object.entries(schema.properties).map(
      ([key, member]) => [key, nearly(member, right, key)] as const,
    );
    const whole = fc.record(Object.fromEntries(members));
    const parts = fc.record(Object.fromEntries(members), { requiredKeys: [] });
    const more = fc.tuple(whole, fc.dictionary(fc.string({ maxLength: 12 }), leaf, { maxKeys: 2 }));
    return fc.oneof(
      { arbitrary: whole, weight: 6 },
      { arbitrary: parts, weight: 2 },
      { arbitrary: more.map(([fits, extra]) => ({ ...extra, ...fits })), weight: 1 },
      wrong,
    );
  }
  if (schema.items) {
    const list = fc.array(nearly(schema.items, right, name), { maxLength: 4 });
    return fc.oneof({ arbitrary: list, weight: 6 }, wrong);
  }
  return leaf;
}
