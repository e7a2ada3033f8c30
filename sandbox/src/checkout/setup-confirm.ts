/** Saving a payment method on the page of a Checkout Session in setup mode. */
import type { CheckoutSession } from '../objects.ts';
import { checkMethod } from '../payments/confirm.ts';
import { checkSetupConfirmable, confirmSetup } from '../setup/confirm.ts';
import { save, type Turn } from '../world.ts';
import { collect } from './collection.ts';
import { checkOpen, checkShownAmount, detailsOf, makeCustomer, methodOf, type PageInput } from './pay.ts';
import { chooseShipping } from './shipping.ts';

/** @throws ApiError 402 when the card is refused (the page stays open), 400 when the session takes none any more */
export function saveOnPage(turn: Turn, session: CheckoutSession, input: PageInput): void {
  const { sessions, setup_intents } = turn.world.store;
  checkOpen(session);
  // It offers no way of shipping, so that naming one is refused.
  if (input.shipping_rate !== undefined) chooseShipping(session, input.shipping_rate);
  checkShownAmount(session, input);
  const intent = setup_intents.get(session.setup_intent as string)!;
  checkSetupConfirmable(intent);
  const method = methodOf(turn, input);
  checkMethod(turn, intent, method, 'SetupIntent');
  // Source: the comment of `Checkout.Session.customer_details`: there is no address in setup mode.
  const details = { ...detailsOf(turn, session, method.billing_details, input), address: null };
  collect(session, { ...input, phone: details.phone });
  session.customer_details = details;
  makeCustomer(turn, session);
  intent.customer = session.customer;
  save(turn, sessions, session, 'updated');
  const wanted = session.payment_method_options?.card?.request_three_d_secure;
  confirmSetup(turn, intent, {
    method,
    returnUrl: input.return_url ?? null,
    usesStripeSdk: input.return_url === undefined,
    authenticationWanted: wanted === 'any' || wanted === 'challenge',
  });
}
