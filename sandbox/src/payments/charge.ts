/** Building charges: what the card networks answered, as Stripe shows it. */
import type { CardBehaviour } from '../cards.ts';
import type { Decline } from '../declines.ts';
import type { Charge, PaymentIntent, PaymentMethod, PaymentMethodSecret } from '../objects.ts';
import type { Turn } from '../world.ts';
import { cardShape } from './legacy-card.ts';

export interface ChargeFacts {
  method: PaymentMethod;
  secret: PaymentMethodSecret;
  behaviour: CardBehaviour;
  status: 'succeeded' | 'pending' | 'failed';
  isCaptured: boolean;
  decline: Decline | null;
  isAuthenticated: boolean;
  /** The amount may be raised until it is captured (`request_incremental_authorization`). */
  isIncrementable?: boolean;
}

/** What is paid for: a payment intent, or a charge of its own (`POST /v1/charges`). */
export type Purchase = Pick<
  PaymentIntent,
  | 'amount'
  | 'currency'
  | 'customer'
  | 'description'
  | 'metadata'
  | 'receipt_email'
  | 'shipping'
  | 'statement_descriptor'
  | 'statement_descriptor_suffix'
  | 'transfer_group'
>;

export function buildCharge(turn: Turn, intent: PaymentIntent, facts: ChargeFacts): Charge {
  const id = turn.world.ids.sibling('ch', intent.id);
  const isIncrementable =
    isHeld(facts) &&
    intent.payment_method_options?.card?.request_incremental_authorization === 'if_available';
  const charge = chargeOf(turn, id, intent, { ...facts, isIncrementable });
  charge.payment_intent = intent.id;
  if (charge.status === 'succeeded') charge.receipt_url = `${turn.world.baseUrl}/payments/${intent.id}`;
  return charge;
}

/** A charge without a payment intent, of a card of the older shape. The sandbox has no page for its receipt. */
export function buildDirectCharge(turn: Turn, purchase: Purchase, facts: ChargeFacts): Charge {
  const { ids } = turn.world;
  const charge = chargeOf(turn, ids.sibling('ch', ids.paymentIntent()), purchase, facts);
  charge.source = { ...cardShape(facts.method), cvc_check: checksOf(facts).cvc_check };
  return charge;
}

function chargeOf(turn: Turn, id: string, purchase: Purchase, facts: ChargeFacts): Charge {
  const { method, decline, status } = facts;
  return {
    id,
    object: 'charge',
    amount: purchase.amount,
    amount_captured: facts.isCaptured && status === 'succeeded' ? purchase.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: status === 'failed' ? null : 'PAYDESK SANDBOX',
    captured: facts.isCaptured && status !== 'failed',
    created: turn.now,
    currency: purchase.currency,
    customer: purchase.customer,
    description: purchase.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...purchase.metadata },
    on_behalf_of: null,
    outcome: outcomeOf(facts),
    paid: status === 'succeeded',
    payment_intent: null,
    payment_method: method.id,
    payment_method_details:
      method.type === 'card' ? cardDetails(turn, purchase, facts) : sepaDetails(turn, method),
    radar_options: {},
    receipt_email: purchase.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: purchase.shipping as Charge['shipping'],
    source: null,
    source_transfer: null,
    statement_descriptor: purchase.statement_descriptor,
    statement_descriptor_suffix: purchase.statement_descriptor_suffix,
    status,
    transfer_data: null,
    transfer_group: purchase.transfer_group,
  };
}

/** Risk scores are Stripe's: 65 and more is elevated, 75 and more is highest. */
const RISK_SCORES = { normal: 32, elevated: 65, highest: 76 } as const;

function outcomeOf({ method, behaviour, decline, status }: ChargeFacts): Charge['outcome'] {
  const risk = behaviour.risk ?? 'normal';
  const base = {
    advice_code: (decline?.adviceCode ?? null) as null,
    network_advice_code: null,
    network_decline_code: decline?.networkDeclineCode ?? null,
    risk_level: method.type === 'card' ? risk : 'not_assessed',
    ...(method.type === 'card' && { risk_score: RISK_SCORES[risk] }),
  };
  if (decline === null) {
    const seller = status === 'pending' ? 'Payment pending.' : 'Payment complete.';
    return {
      ...base,
      network_status: 'approved_by_network',
      reason: null,
      seller_message: seller,
      type: 'authorized',
    };
  }
  if (decline.outcome === 'blocked') {
    return {
      ...base,
      network_status: 'not_sent_to_network',
      reason: 'highest_risk_level',
      seller_message: 'Stripe blocked this payment as too risky.',
      type: 'blocked',
    };
  }
  return {
    ...base,
    network_status: 'declined_by_network',
    reason: decline.declineCode,
    seller_message: `The bank did not approve this payment (${decline.declineCode ?? decline.code}).`,
    type: 'issuer_declined',
  };
}

/** Authorizations that are not captured for so long go back to the card. Networks differ; seven days is Stripe's default. */
const AUTHORIZATION_SECONDS = 7 * 24 * 3600;

function isHeld({ status, isCaptured }: ChargeFacts): boolean {
  return status === 'succeeded' && !isCaptured;
}

function cardDetails(turn: Turn, purchase: Purchase, facts: ChargeFacts): Charge['payment_method_details'] {
  const { method, decline, isAuthenticated } = facts;
  const card = method.card!;
  return {
    card: {
      amount_authorized: decline === null ? purchase.amount : null,
      authorization_code: decline === null ? '000000' : null,
      brand: card.brand,
      ...(isHeld(facts) && { capture_before: turn.now + AUTHORIZATION_SECONDS }),
      checks: checksOf(facts),
      country: card.country,
      electronic_commerce_indicator: isAuthenticated ? '05' : null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      extended_authorization: { status: 'disabled' },
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      incremental_authorization: { status: facts.isIncrementable ? 'available' : 'unavailable' },
      installments: null,
      last4: card.last4,
      mandate: null,
      multicapture: { status: 'unavailable' },
      network: card.brand,
      network_token: { used: false },
      network_transaction_id: null,
      overcapture: { maximum_amount_capturable: purchase.amount, status: 'unavailable' },
      regulated_status: card.regulated_status,
      three_d_secure: isAuthenticated ? AUTHENTICATED : null,
      transaction_link_id: null,
      wallet: null,
    },
    type: 'card',
  };
}

const AUTHENTICATED = {
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  exemption_indicator: null,
  result: 'authenticated',
  result_reason: null,
  transaction_id: null,
  version: '2.2.0',
} as const;

/** A check that has nothing to compare is null; what was given passes unless the card says otherwise. */
function checksOf({ method, secret, behaviour }: ChargeFacts) {
  const address = method.billing_details.address;
  return {
    address_line1_check: address?.line1 ? (behaviour.line1Check ?? 'pass') : null,
    address_postal_code_check: address?.postal_code ? (behaviour.postalCodeCheck ?? 'pass') : null,
    cvc_check: secret.cvcGiven ? (behaviour.cvcCheck ?? 'pass') : null,
  };
}

function sepaDetails(turn: Turn, method: PaymentMethod): Charge['payment_method_details'] {
  const debit = method.sepa_debit!;
  return {
    sepa_debit: {
      bank_code: debit.bank_code,
      branch_code: debit.branch_code,
      country: debit.country,
      fingerprint: debit.fingerprint,
      last4: debit.last4,
      mandate: turn.world.ids.object('mandate'),
    },
    type: 'sepa_debit',
  };
}
