import Type, { type Static } from 'typebox';
import { paymentFlows } from '../payments.ts';
import { CountryCode, Email } from '../quote.ts';
import { nullable, words } from '../schemas.ts';

/**
 * What the owner sets for the shop while it runs, under /api/admin/settings. Each part has a version of its own, which
 * grows with every change: a change names the version it was made on, and is refused when somebody else was faster.
 */

const strict = { additionalProperties: false } as const;

/** A value, and which variable of the environment sets it for good; null where it can be set here. */
const setting = <T extends Parameters<typeof Type.Optional>[0]>(value: T) =>
  Type.Object({ value, setBy: nullable(Type.String({ description: 'SHOP_NAME, for instance.' })) }, strict);

const Version = Type.Integer({ minimum: 0, description: '0: nothing was set here yet.' });

const ShopName = words(60);
const SellerLines = Type.Array(words(100), {
  minItems: 1,
  maxItems: 8,
  description: 'Who sells, for invoices: name, address and tax number, a line each.',
});
const OperatorEmail = nullable(Email);

export const TransferAccount = Type.Object(
  {
    accountHolder: words(70),
    iban: Type.String({
      pattern: '^[^\\p{Cc}\\p{Cs}]{1,70}$',
      description: 'Or another account number. What looks like an IBAN has to have the right check digits.',
    }),
    bic: nullable(words(70)),
    bankName: nullable(words(70)),
  },
  strict,
);
export type TransferAccount = Static<typeof TransferAccount>;

const Flows = Type.Array(Type.Enum([...paymentFlows]), { minItems: 1, maxItems: 3, uniqueItems: true });
const HoldMinutes = Type.Integer({ minimum: 1, maximum: 23 * 60 });
const LongHoldDays = Type.Integer({ minimum: 1, maximum: 60 });

/** The largest shipping price or free-shipping threshold, in minor units: what fits every currency and no typing error. */
const mostMinor = 100_000_000;
const Minor = Type.Integer({ minimum: 0, maximum: mostMinor });

export const CountryRates = Type.Object(
  {
    name: words(60),
    shippingAmount: Type.Integer({ minimum: 0, maximum: mostMinor, description: 'Minor units.' }),
    freeShippingFrom: nullable(Minor),
    taxBasisPoints: Type.Integer({ minimum: 0, maximum: 10_000, description: '1900 is 19 %.' }),
    taxName: words(40),
    taxOnShipping: Type.Boolean(),
  },
  strict,
);
export type CountryRates = Static<typeof CountryRates>;

export const ServedCountry = Type.Object({ code: CountryCode, ...CountryRates.properties }, strict);
export type ServedCountry = Static<typeof ServedCountry>;

export const ShopSettings = Type.Object(
  {
    shop: Type.Object(
      {
        version: Version,
        name: setting(ShopName),
        seller: setting(SellerLines),
        operatorEmail: setting(nullable(Type.String())),
      },
      strict,
    ),
    payments: Type.Object(
      {
        version: Version,
        flows: setting(Flows),
        account: setting(
          Type.Union([TransferAccount, Type.Null()], { description: 'Where customers transfer money to.' }),
        ),
        holdMinutes: setting(HoldMinutes),
        longHoldDays: setting(LongHoldDays),
      },
      strict,
    ),
    delivery: Type.Object({ version: Version, countries: Type.Array(ServedCountry) }, strict),
    fixed: Type.Object(
      {
        currency: Type.String(),
        country: Type.String({ description: 'Preselected in the checkout, where it is served.' }),
        url: Type.String(),
        sandbox: Type.Boolean(),
      },
      { ...strict, description: 'What only the environment sets, because more than this shop hangs on it.' },
    ),
  },
  strict,
);
export type ShopSettings = Static<typeof ShopSettings>;

/** What is left out stays as it is. */
export const ShopChange = Type.Object(
  {
    version: Version,
    name: Type.Optional(ShopName),
    seller: Type.Optional(SellerLines),
    operatorEmail: Type.Optional(OperatorEmail),
  },
  strict,
);
export type ShopChange = Static<typeof ShopChange>;

export const PaymentsChange = Type.Object(
  {
    version: Version,
    flows: Type.Optional(Flows),
    account: Type.Optional(nullable(TransferAccount)),
    holdMinutes: Type.Optional(HoldMinutes),
    longHoldDays: Type.Optional(LongHoldDays),
  },
  strict,
);
export type PaymentsChange = Static<typeof PaymentsChange>;

export const CountryChange = Type.Object({ version: Version, ...CountryRates.properties }, strict);
export type CountryChange = Static<typeof CountryChange>;

export const CountryCodeParam = Type.Object({ code: CountryCode });
export const VersionQuery = Type.Object({ version: Version }, strict);
