import type { StripeError } from '../../shared/api.ts';
import type { Options } from '../../shared/messages.ts';
import type { ElementsGroup } from '../elements.ts';
import { requireIntegration } from '../errors.ts';
import { followNextAction, leaveTo } from '../intents.ts';
import { type Change, type CheckoutState, failure } from './state.ts';

/**
 * Pays the session, or in setup mode saves for later: with the card of the Payment Element, or a PaymentMethod the merchant names. After success the
 * customer is sent to the `return_url` unless `redirect` is `if_required`; a refusal is an answer, never a rejection.
 */
export async function confirmSession(
  key: string,
  state: CheckoutState,
  group: ElementsGroup,
  given: Options,
): Promise<Change> {
  const returnUrl = given.returnUrl ?? state.page.return_url;
  const stays = given.redirect === 'if_required';
  requireIntegration(stays || returnUrl, 'confirm() needs a returnUrl unless redirect is if_required.');
  requireIntegration(
    !given.expressCheckoutConfirmEvent && !given.formConfirmEvent,
    'The sandbox does not build confirm() for Express Checkout or the checkout form.',
  );
  enterGiven(state, given);
  if (!state.describe().email) return failure('An e-mail address is needed to pay.');
  const invalid = await group.validate();
  if (invalid) return failure(invalid.message ?? invalid.type);
  const method = await chooseMethod(state, group, given.paymentMethod);
  if (method.error) return refused(method.error);
  await given.onRequiresApproval?.();
  const { cause, ...confirmed } = await state.confirm(confirmation(state, method.value));
  if (cause) return afterRefusal(state, cause);
  const change = await afterBank(key, state, confirmed);
  if (change.type === 'error' || stays) return change;
  return leaveTo(String(returnUrl).replaceAll('{CHECKOUT_SESSION_ID}', state.page.id));
}

function enterGiven(state: CheckoutState, given: Options): void {
  const { email, phoneNumber, billingAddress, shippingAddress } = given;
  const entered = Object.entries({ email, phoneNumber, billingAddress, shippingAddress });
  state.enter(Object.fromEntries(entered.filter(([, value]) => value !== undefined)));
}

type Method = { value: string | null; error?: undefined } | { value?: undefined; error: StripeError };

/** Null where there is nothing to pay. */
async function chooseMethod(state: CheckoutState, group: ElementsGroup, named: unknown): Promise<Method> {
  if (typeof named === 'string') return { value: named };
  if (state.page.amount_total === 0) return { value: null };
  const handle = group.find('payment');
  requireIntegration(handle, 'confirm() needs a mounted Payment Element or a paymentMethod.');
  const params = { billing_details: contactOf(state) };
  const { value, error } = await handle.call({ method: 'createPaymentMethod', params });
  return error ? { error } : { value: value.id };
}

function confirmation(state: CheckoutState, method: string | null): Options {
  const { shippingAddress } = state.draft;
  const asksShipping = Boolean(state.page.shipping_address_collection);
  return {
    ...(method ? { payment_method: method } : {}),
    ...(state.page.mode === 'setup' ? {} : { expected_amount: state.page.amount_total }),
    customer_details: contactOf(state),
    ...(asksShipping && shippingAddress
      ? { shipping: { name: shippingAddress.name ?? '', address: given(shippingAddress.address) } }
      : {}),
  };
}

function contactOf(state: CheckoutState): Options {
  const { phoneNumber, billingAddress, shippingAddress, individualName } = state.draft;
  const name = billingAddress?.name ?? individualName ?? shippingAddress?.name;
  return given({
    email: state.describe().email,
    name,
    phone: phoneNumber,
    address: billingAddress ? given(billingAddress.address) : undefined,
  });
}

/** The API takes an empty value for the wish to remove one. */
function given(values: Options): Options {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

async function afterBank(key: string, state: CheckoutState, confirmed: Change): Promise<Change> {
  const intent = state.page.payment_intent ?? state.page.setup_intent;
  if (intent?.status !== 'requires_action') return confirmed;
  const { error } = await followNextAction(key, { intent });
  await state.refresh();
  return error ? refused(error) : state.success();
}

/** The session holds what went wrong, so it is read again before the merchant is told. */
async function afterRefusal(state: CheckoutState, error: StripeError): Promise<Change> {
  await state.refresh();
  return refused(error);
}

function refused(error: StripeError): Change {
  const message = error.message ?? error.type;
  const isPayment =
    error.type === 'card_error' || /^(payment|setup)_intent_authentication_failure$/.test(error.code ?? '');
  if (!isPayment) return failure(message);
  const declineCode = (error.decline_code as string | undefined) ?? null;
  return failure(message, 'paymentFailed', { paymentFailed: { declineCode } });
}
