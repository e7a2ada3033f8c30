import Type, { type Static } from 'typebox';

// Printable text without line breaks or other control characters: it reaches e-mails and logs.
const name = (maxLength: number, description: string) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\p{Cc}\\p{Cs}]*[^\\p{Cc}\\p{Cs}\\s][^\\p{Cc}\\p{Cs}]*$',
    description,
  });
const orNull = Type.Union([Type.String(), Type.Null()]);

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
    carrier: Type.Optional(name(60, 'As customers know it: UPS, DHL, …')),
    trackingNumber: Type.Optional(name(60, "The carrier's number of the parcel.")),
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
