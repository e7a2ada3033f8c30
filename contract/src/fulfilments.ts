import Type, { type Static } from 'typebox';
import { nullable, words } from './schemas.ts';

const orNull = nullable(Type.String());

/** One parcel that left the shop, as its customer may see it. */
export const Fulfilment = Type.Object(
  {
    carrier: orNull,
    trackingNumber: orNull,
    trackingUrl: Type.Union([Type.String(), Type.Null()], { description: 'https only.' }),
    shippedAt: Type.String({ format: 'date-time' }),
  },
  { additionalProperties: false },
);
export type Fulfilment = Static<typeof Fulfilment>;

/** How a parcel can be followed. All of it, as it should be: what is left out is not known. */
export const Tracking = Type.Object(
  {
    carrier: Type.Optional(words(60, { description: 'As customers know it: UPS, DHL, …' })),
    trackingNumber: Type.Optional(words(60, { description: "The carrier's number of the parcel." })),
    trackingUrl: Type.Optional(
      Type.String({
        maxLength: 500,
        pattern: '^https://[^\\p{Cc}\\p{Cs}\\s"<>\\\\^`{|}]+$',
        description: "The carrier's page about the parcel; https only.",
      }),
    ),
  },
  { additionalProperties: false },
);
export type Tracking = Static<typeof Tracking>;
