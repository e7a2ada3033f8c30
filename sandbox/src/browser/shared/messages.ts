import type { StripeError } from './api.ts';

/** What stripe.js on the merchant's page and a card frame on the sandbox's origin say to each other. */

export type ElementType = 'payment' | 'card' | 'cardNumber' | 'cardExpiry' | 'cardCvc';

// biome-ignore lint/suspicious/noExplicitAny: options come from the merchant's page in whatever shape it likes.
export type Options = Record<string, any>;

export interface FrameSetup {
  type: ElementType;
  key: string;
  clientSecret: string | null;
  options: Options;
  appearance: Options;
}

/** The requests that carry card data; the frame makes them itself, so that the data never leaves its origin. */
export type CardCall =
  | { method: 'validate' }
  | { method: 'confirmPayment'; clientSecret: string; params: Options }
  | { method: 'createPaymentMethod'; params: Options }
  | { method: 'createToken'; params: Options }
  | { method: 'createConfirmationToken'; params: Options };

export type CardCallResult =
  | { value: Options; error?: undefined }
  | { value?: undefined; error: StripeError };

export type ToFrame =
  | { kind: 'setup'; setup: FrameSetup }
  | { kind: 'update'; options?: Options; appearance?: Options }
  | { kind: 'command'; command: 'focus' | 'blur' | 'clear' | 'collapse' }
  | { kind: 'call'; id: number; call: CardCall };

export type FromFrame =
  | { kind: 'loaded' }
  | { kind: 'resize'; height: number }
  | { kind: 'event'; event: string; payload: Options }
  | { kind: 'reply'; id: number; result: CardCallResult };
