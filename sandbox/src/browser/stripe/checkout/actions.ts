import type { StripeError } from '../../shared/api.ts';
import type { Options } from '../../shared/messages.ts';
import type { ElementsGroup } from '../elements.ts';
import { confirmSession } from './confirm.ts';
import type { Draft } from './session.ts';
import { type Change, type CheckoutState, failure } from './state.ts';

/**
 * What `loadActions()` gives (https://docs.stripe.com/js/custom_checkout). Refusals resolve as
 * `{type: 'error', error: {message, code}}`; their words are not verified.
 */
export function checkoutActions(key: string, state: CheckoutState, group: ElementsGroup): Options {
  return {
    getSession: () => state.describe(),
    confirm: (given: Options = {}) => confirmSession(key, state, group, given),
    applyPromotionCode: async (code: string) => applyCode(state, code),
    removePromotionCode: async () => withoutCause(await state.change({ promotion_code: null })),
    updateEmail: async (email: string | null) => updateEmail(state, email),
    updatePhoneNumber: async (phoneNumber: string | null) =>
      entered(state, { phoneNumber: phoneNumber || null }),
    updateIndividualName: async (individualName: string | null) => entered(state, { individualName }),
    updateBusinessName: async (businessName: string | null) => entered(state, { businessName }),
    updateBillingAddress: async (billingAddress: Options | null) =>
      addressFailure(billingAddress) ?? entered(state, { billingAddress }),
    updateShippingAddress: async (address: Options | null) => updateShippingAddress(state, address),
    updateShippingOption: async (id: string) => withoutCause(await state.change({ shipping_rate: id })),
    updateLineItemQuantity: async (given: Options) => updateQuantity(state, given),
    runServerUpdate: async (update: () => Promise<unknown>) => runServerUpdate(state, update),
    validateElements: async () => validateElements(state, group),
    ...Object.fromEntries(
      ['updateTaxIdInfo', 'addOptionalLineItem', 'removeOptionalLineItem'].map((name) => [
        name,
        async () => failure(`The sandbox does not build ${name}().`),
      ]),
    ),
  };
}

function entered(state: CheckoutState, changes: Partial<Draft>): Change {
  state.enter(changes);
  return state.success();
}

async function applyCode(state: CheckoutState, code: string): Promise<Change> {
  const { cause, ...change } = await state.change({ promotion_code: code });
  if (change.type === 'success') return change;
  return failure(change.error.message, promotionErrorCode(cause));
}

/** Only what is wrong with the code itself names the parameter. */
function promotionErrorCode({ code, param }: StripeError = { type: '' }): string | null {
  if (code === 'amount_too_small') return 'promotionCodeAmountInsufficient';
  return param === 'promotion_code' ? 'invalidCode' : null;
}

function updateEmail(state: CheckoutState, given: string | null): Change {
  const email = given?.trim() || null;
  if (state.page.customer_email) {
    return failure('The shop has already given the e-mail address of this session.', 'invalidEmail');
  }
  if (email === null || /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)) return entered(state, { email });
  return email.includes('@') && !email.endsWith('@')
    ? failure('Your email is invalid.', 'invalidEmail')
    : failure('Your email is incomplete.', 'incompleteEmail');
}

function updateShippingAddress(state: CheckoutState, shippingAddress: Options | null): Change {
  const allowed: string[] | undefined = state.page.shipping_address_collection?.allowed_countries;
  const country = shippingAddress?.address?.country;
  if (country && allowed && !allowed.includes(country)) {
    return failure(`The shop does not ship to ${country}.`);
  }
  return addressFailure(shippingAddress) ?? entered(state, { shippingAddress });
}

function addressFailure(contact: Options | null): Change | null {
  return contact === null || contact.address?.country ? null : failure('An address needs a country.');
}

/** The server knows the limits. A discount code is not lost over a quantity: the change is refused instead. */
async function updateQuantity(state: CheckoutState, { lineItem, quantity }: Options): Promise<Change> {
  const change = { line_item_id: lineItem, quantity, fail_update_on_discount_error: true };
  return withoutCause(await state.change({ updated_line_item_quantity: change }));
}

async function runServerUpdate(state: CheckoutState, update: () => Promise<unknown>): Promise<Change> {
  try {
    await update();
  } catch (error) {
    return failure(error instanceof Error ? error.message : 'The update on the server failed.');
  }
  return state.refresh();
}

async function validateElements(state: CheckoutState, group: ElementsGroup): Promise<Change> {
  const problems = await group.problems();
  if (problems.length === 0) return state.success();
  const errors = problems.map(({ name, error }) => ({ element: name, message: error.message ?? '' }));
  return failure(errors[0]!.message, 'validation_error', { validation_errors: errors });
}

function withoutCause({ cause: _cause, ...change }: Change & { cause?: StripeError }): Change {
  return change;
}
