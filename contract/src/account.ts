import Type, { type Static } from 'typebox';
import { Money } from './money.ts';
import { Address, Contact, orderStatuses } from './orders.ts';

const Recipient = {
  firstName: Contact.properties.firstName,
  lastName: Contact.properties.lastName,
  phone: Type.Optional(Contact.properties.phone),
};

/** An address that somebody keeps in their account. */
export const SavedAddress = Type.Object({
  id: Type.String(),
  ...Recipient,
  address: Address,
  isStandard: Type.Boolean(),
});
export type SavedAddress = Static<typeof SavedAddress>;

export const Account = Type.Object({
  id: Type.String(),
  email: Type.String(),
  emailVerified: Type.Boolean(),
  name: Type.String(),
  role: Type.String(),
  hasTwoFactor: Type.Boolean(),
  /** Where the next order goes unless they say otherwise: to their standard address, or where the last one went. */
  delivery: Type.Union([Type.Object({ contact: Contact, shippingAddress: Address }), Type.Null()]),
  addresses: Type.Array(SavedAddress, { description: 'The standard one first, 20 at most.' }),
});
export type Account = Static<typeof Account>;

/** An order as its owner's list shows it. */
export const AccountOrder = Type.Object({
  id: Type.String(),
  number: Type.String(),
  status: Type.Enum([...orderStatuses]),
  placedAt: Type.String(),
  itemCount: Type.Integer(),
  total: Money,
  received: Money,
  refunded: Money,
  payable: Type.Boolean(),
  invoiceUrl: Type.Union([Type.String(), Type.Null()]),
});
export type AccountOrder = Static<typeof AccountOrder>;

/** Newest first. `next` is for `?before=`; null at the end. */
export const AccountOrders = Type.Object({
  orders: Type.Array(AccountOrder),
  next: Type.Union([Type.String(), Type.Null()]),
});
export type AccountOrders = Static<typeof AccountOrders>;

export const AccountOrdersQuery = Type.Object(
  { before: Type.Optional(Type.String({ maxLength: 200 })) },
  { additionalProperties: false },
);

/** Where somebody is signed in. */
export const AccountSession = Type.Object({
  id: Type.String(),
  userAgent: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String(),
  isCurrent: Type.Boolean(),
});
export type AccountSession = Static<typeof AccountSession>;

export const AccountSessions = Type.Object({ sessions: Type.Array(AccountSession) });
export type AccountSessions = Static<typeof AccountSessions>;

export const SavedAddresses = Type.Object({ addresses: Type.Array(SavedAddress) });
export type SavedAddresses = Static<typeof SavedAddresses>;

export const SaveAddressRequest = Type.Object(
  { ...Recipient, address: Address, isStandard: Type.Boolean() },
  { additionalProperties: false },
);
export type SaveAddressRequest = Static<typeof SaveAddressRequest>;
