/** What a route is, and what its handler gets. */

import type { Fields, Values } from './wire/schema.ts';
import type { Version } from './wire/versions.ts';
import type { Turn, World } from './world.ts';

export type Method = 'GET' | 'POST' | 'DELETE';
/** Routes open to publishable keys are those that stripe.js and the hosted page call. */
export type Access = 'secret' | 'publishable';

export interface Call<P> {
  turn: Turn;
  world: World;
  /** The path's variable parts, in order. */
  ids: readonly string[];
  params: P;
  /** The kind of key the caller showed. */
  access: Access;
  version: Version;
}

export interface Route {
  method: Method;
  /** Variable parts start with a colon. */
  path: string;
  access: Access;
  fields: Fields;
  /** A second call of the same path is refused with 409 while the first has not been answered. */
  isExclusive?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: each handler gets the values of its own fields; `route` checks that.
  handle(call: Call<any>): object;
}

interface Definition<F extends Fields> {
  access?: Access;
  fields: F;
  isExclusive?: boolean;
  handle(call: Call<Values<F>>): object;
}

/** One line of a route table: the fields are the check, the type and the documentation of the parameters. */
export function route<F extends Fields>(method: Method, path: string, definition: Definition<F>): Route {
  return { access: 'secret', ...definition, method, path };
}
