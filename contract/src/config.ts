import Type, { type Static } from 'typebox';
import { paymentFlows } from './payments.ts';

export const ShopConfig = Type.Object(
  {
    shopName: Type.String(),
    currency: Type.String(),
    country: Type.String({ description: 'Preselected in the checkout.' }),
    countries: Type.Array(
      Type.Object({ code: Type.String(), name: Type.String() }, { additionalProperties: false }),
    ),
    flows: Type.Array(Type.Enum([...paymentFlows])),
    publishableKey: Type.String(),
    stripeJsUrl: Type.String({ description: 'The stripe.js to load.' }),
    sandbox: Type.Boolean({ description: 'No real money moves.' }),
    sandboxUrl: Type.Union([Type.String(), Type.Null()]),
    mailbox: Type.Boolean({ description: 'E-mails are not sent but shown at /mailbox.' }),
  },
  { additionalProperties: false },
);
export type ShopConfig = Static<typeof ShopConfig>;
