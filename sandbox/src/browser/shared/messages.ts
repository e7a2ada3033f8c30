import type { StripeError } from './api.ts';

/** What stripe.js on the merchant's page and the frame of an Element on the sandbox's origin say to each other. */

/** The Elements that draw themselves in a frame. */
export type FramedType =
  | 'payment'
  | 'card'
  | 'cardNumber'
  | 'cardExpiry'
  | 'cardCvc'
  | 'address'
  | 'linkAuthentication'
  | 'contactDetails';

/** Express Checkout and the currency selector have no frame because they never have anything to show here. */
export type ElementType = FramedType | 'expressCheckout' | 'currencySelector';

// biome-ignore lint/suspicious/noExplicitAny: options come from the merchant's page in whatever shape it likes.
export type Options = Record<string, any>;

/** What all Elements of one `elements()` share. */
export interface GroupSetup {
  appearance: Options;
  /** Font sources as the merchant gave them. */
  fonts: Options[];
  /** An Address Element beside the Payment Element asks for the billing address, so that it is asked once. */
  addressElsewhere: boolean;
  /** Kinds of payment methods the merchant limited the group to; null where it said nothing. */
  methodTypes: string[] | null;
}

export interface FrameSetup extends GroupSetup {
  type: FramedType;
  key: string;
  clientSecret: string | null;
  options: Options;
}

export type FrameUpdate = Partial<GroupSetup> & { options?: Options };

/** The requests that carry card data; the frame makes them itself, so that the data never leaves its origin. */
export type CardCall =
  | { method: 'confirmIntent'; clientSecret: string; params: Options }
  | { method: 'createPaymentMethod'; params: Options }
  | { method: 'createToken'; params: Options }
  | { method: 'createSecurityCodeToken' }
  | { method: 'createConfirmationToken'; params: Options };

/** `validate` shows what is missing; `value` answers with what an address or an e-mail field tells the page anyway. */
export type FrameCall = { method: 'validate' } | { method: 'value' } | CardCall;

export type FrameResult = { value: Options; error?: undefined } | { value?: undefined; error: StripeError };

export type ToFrame =
  | { kind: 'setup'; setup: FrameSetup }
  | { kind: 'update'; update: FrameUpdate }
  | { kind: 'command'; command: 'focus' | 'blur' | 'clear' | 'collapse' }
  | { kind: 'call'; id: number; call: FrameCall };

export type FromFrame =
  | { kind: 'loaded' }
  | { kind: 'resize'; height: number }
  | { kind: 'event'; event: string; payload: Options }
  | { kind: 'reply'; id: number; result: FrameResult };
