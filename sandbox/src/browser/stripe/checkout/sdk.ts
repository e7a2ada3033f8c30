import type { ElementType, Options } from '../../shared/messages.ts';
import type { ElementHandle, StripeElement } from '../element.ts';
import { ElementsGroup } from '../elements.ts';
import { IntegrationError, requireIntegration } from '../errors.ts';
import { checkoutActions } from './actions.ts';
import { CheckoutState } from './state.ts';

/**
 * `stripe.initCheckoutElementsSdk` (https://docs.stripe.com/js/custom_checkout/init): Elements that take their
 * amount from a Checkout Session. `adaptivePricing`, `loader`, `savedPaymentMethod` and `syncAddressCheckbox` are
 * accepted without effect: there is one currency and no saved card here.
 */
export function initCheckoutElementsSdk(key: string, options: Options): Options {
  requireIntegration(options?.clientSecret, 'initCheckoutElementsSdk() needs a clientSecret.');
  const { elementsOptions = {}, defaultValues = {} } = options;
  const state = new CheckoutState(key, defaultValues);
  const loading = load(state, options.clientSecret);
  const group = new ElementsGroup(key, { ...elementsOptions, mode: 'checkout' }, loading);
  return {
    on(event: string, listener: (session: Options) => unknown) {
      requireIntegration(event === 'change', 'on() knows the event change.');
      state.onChange(listener);
    },
    async loadActions() {
      const message = await loading;
      if (message !== null) return { type: 'error', error: { message, code: null } };
      return { type: 'success', actions: checkoutActions(key, state, group) };
    },
    changeAppearance: (appearance: Options) => group.update({ appearance }),
    loadFonts: (fonts: Options[]) => group.update({ fonts }),
    ...elementMethods(state, group, loading, defaultValues),
    ...unbuiltElements,
  };
}

/** Why there is no session to work with; null when there is one. */
async function load(state: CheckoutState, clientSecret: unknown): Promise<string | null> {
  try {
    return await state.open(await clientSecret);
  } catch (error) {
    return error instanceof Error ? error.message : 'The client secret could not be fetched.';
  }
}

/** The Elements by the names of their `create…` and `get…` methods. */
const elements: Record<string, { type: ElementType; mode?: string }> = {
  PaymentElement: { type: 'payment' },
  BillingAddressElement: { type: 'address', mode: 'billing' },
  ShippingAddressElement: { type: 'address', mode: 'shipping' },
  ContactDetailsElement: { type: 'contactDetails' },
  ExpressCheckoutElement: { type: 'expressCheckout' },
  CurrencySelectorElement: { type: 'currencySelector' },
};

function elementMethods(
  state: CheckoutState,
  group: ElementsGroup,
  loading: Promise<unknown>,
  defaults: Options,
): Options {
  const methods: Options = {};
  for (const [name, { type, mode }] of Object.entries(elements)) {
    methods[`get${name}`] = () => group.find(type, mode)?.element ?? null;
    methods[`create${name}`] = (given: Options = {}): StripeElement => {
      const options = { ...given, ...prefilled(type, mode, defaults), ...(mode ? { mode } : {}) };
      const handle = group.create(type, options);
      follow(state, handle);
      if (mode === 'shipping') void loading.then(() => limitCountries(state, handle));
      return handle.element;
    };
  }
  return methods;
}

/** Stripe fills its Elements with the `defaultValues` of the whole, not with some of their own. */
function prefilled(type: ElementType, mode: string | undefined, defaults: Options): Options {
  if (type === 'contactDetails') return { defaultValues: { email: defaults.email } };
  const contact = mode === 'shipping' ? defaults.shippingAddress : defaults.billingAddress;
  if (type === 'address' && contact) return { defaultValues: { ...contact, phone: defaults.phoneNumber } };
  if (type !== 'payment' || !defaults.billingAddress) return {};
  return { defaultValues: { billingDetails: { address: defaults.billingAddress.address } } };
}

/** Keeps the session informed; what was filled in beforehand is no change and is asked for. */
function follow(state: CheckoutState, handle: ElementHandle): void {
  if (handle.type === 'expressCheckout' || handle.type === 'currencySelector') return;
  handle.emitter.on('change', (payload: Options) => state.hear(handle, payload));
  if (handle.type === 'payment') state.hear(handle, { complete: false });
  else {
    handle.emitter.on('ready', async () => {
      const { value } = await handle.call({ method: 'value' });
      if (value) state.hear(handle, value);
    });
  }
}

function limitCountries(state: CheckoutState, handle: ElementHandle): void {
  const allowedCountries = state.page.shipping_address_collection?.allowed_countries ?? null;
  handle.options = { ...handle.options, allowedCountries };
}

/** These need a beta at Stripe. */
const unbuiltElements: Options = Object.fromEntries(
  ['TaxIdElement', 'TermsElement', 'LinkSignupElement'].flatMap((name) => [
    [`get${name}`, (): null => null],
    [`create${name}`, (): never => refuseElement(name)],
  ]),
);

function refuseElement(name: string): never {
  throw new IntegrationError(`The sandbox does not build create${name}().`);
}
