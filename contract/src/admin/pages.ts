import Type from 'typebox';
import { nullable, words } from '../schemas.ts';

/** What lists of the back office have in common. */

const Cursor = Type.String({
  maxLength: 300,
  description: 'From an earlier answer. One that is not understood begins at the first page.',
});

/** At most one of the two. Lists have 50 rows. */
export const pageQuery = { after: Type.Optional(Cursor), before: Type.Optional(Cursor) };

/** Where the list goes on to either side; null where it does not. */
export const pageEnds = {
  older: nullable(Type.String({ description: 'For `after`.' })),
  newer: nullable(Type.String({ description: 'For `before`.' })),
};

/** A moment, or a day of the shop, as a form sends it; empty is none. */
export const Moment = Type.String({
  maxLength: 40,
  description: "2026-11-26, or 2026-11-26T10:00:00Z. A day stands for all of it, by the shop's clock.",
});

/** Text that is looked for; empty is none. */
export const Wanted = Type.String({ maxLength: 200 });

export const GiveUpRequest = Type.Object(
  { reason: words(500) },
  { additionalProperties: false, description: 'Why, for those who come later.' },
);
