/**
 * Stripe's published test cards (docs.stripe.com/testing), as data. No other number is ever taken: a number that
 * could be somebody's card is refused the way Stripe refuses live cards in test mode.
 */
import type { DeclineName } from './declines.ts';

type Check = 'pass' | 'fail' | 'unavailable';

export type DisputeKind =
  | 'fraudulent'
  | 'product_not_received'
  | 'inquiry'
  | 'compelling_evidence'
  | 'compliance';

export interface CardBehaviour {
  /** Every charge ends like this (after authentication, where that is asked). */
  decline?: DeclineName;
  /** 'always': each payment. 'unless_set_up': until a payment set it up. 'on_session': only with the customer present. */
  authentication?: 'always' | 'unless_set_up' | 'on_session' | 'optional';
  /** The card's bank cannot be reached for authentication, so a payment that needs it is declined. */
  authenticationBroken?: boolean;
  cvcCheck?: Check;
  postalCodeCheck?: Check;
  line1Check?: Check;
  risk?: 'elevated' | 'highest';
  /** Declining cards cannot be attached to a customer, except the one that exists for that. */
  attachable?: boolean;
  /** The balance is available at once instead of after days. */
  bypassesPending?: boolean;
  /** Refunds to it wait before they succeed, or succeed and fail later. */
  refund?: 'pending' | 'failing';
  /** What its bank disputes soon after a charge was captured. */
  disputes?: readonly DisputeKind[];
  /** Its bank sends an early fraud warning. */
  isWarnedOf?: boolean;
  /** What the card brings about later and the sandbox cannot do yet: the card is then refused. */
  notBuilt?: string;
}

export interface TestCard extends CardBehaviour {
  number: string;
  brand: string;
  funding: 'credit' | 'debit' | 'prepaid';
  country: string;
  /** Names after `pm_card_` and, for some, `tok_`. */
  names: readonly string[];
}

type Row = [number: string, names: string, behaviour?: CardBehaviour & Partial<TestCard>];

const ROWS: readonly Row[] = [
  ['4242424242424242', 'visa'],
  ['4000056655665556', 'visa_debit', { funding: 'debit' }],
  ['5555555555554444', 'mastercard', { brand: 'mastercard' }],
  ['2223003122003222', 'mastercard_2series', { brand: 'mastercard' }],
  ['5200828282828210', 'mastercard_debit', { brand: 'mastercard', funding: 'debit' }],
  ['5105105105105100', 'mastercard_prepaid', { brand: 'mastercard', funding: 'prepaid' }],
  ['378282246310005', 'amex', { brand: 'amex' }],
  ['371449635398431', 'amex_2', { brand: 'amex' }],
  ['6011111111111117', 'discover', { brand: 'discover' }],
  ['6011000990139424', 'discover_2', { brand: 'discover' }],
  ['3056930009020004', 'diners', { brand: 'diners' }],
  ['36227206271667', 'diners_14digits', { brand: 'diners' }],
  ['3566002020360505', 'jcb', { brand: 'jcb', country: 'JP' }],
  ['6200000000000005', 'unionpay', { brand: 'unionpay', country: 'CN' }],

  ['4000000000000002', 'visa_chargeDeclined chargeDeclined', { decline: 'generic_decline' }],
  [
    '4000000000009995',
    'visa_chargeDeclinedInsufficientFunds chargeDeclinedInsufficientFunds',
    { decline: 'insufficient_funds' },
  ],
  ['4000000000009987', 'visa_chargeDeclinedLostCard chargeDeclinedLostCard', { decline: 'lost_card' }],
  ['4000000000009979', 'visa_chargeDeclinedStolenCard chargeDeclinedStolenCard', { decline: 'stolen_card' }],
  [
    '4000000000000069',
    'chargeDeclinedExpiredCard visa_chargeDeclinedExpiredCard',
    { decline: 'expired_card' },
  ],
  [
    '4000000000000127',
    'chargeDeclinedIncorrectCvc visa_chargeDeclinedIncorrectCvc',
    { decline: 'incorrect_cvc', cvcCheck: 'fail' },
  ],
  [
    '4000000000000119',
    'chargeDeclinedProcessingError visa_chargeDeclinedProcessingError',
    { decline: 'processing_error' },
  ],
  [
    '4000000000006975',
    'visa_chargeDeclinedVelocityLimitExceeded chargeDeclinedVelocityLimitExceeded',
    { decline: 'card_velocity_exceeded' },
  ],
  ['4000000000000341', 'chargeCustomerFail', { decline: 'generic_decline', attachable: true }],

  ['4100000000000019', 'radarBlock chargeDeclinedFraudulent', { decline: 'fraudulent', risk: 'highest' }],
  ['4000000000004954', 'riskLevelHighest', { risk: 'highest' }],
  ['4000000000009235', 'riskLevelElevated', { risk: 'elevated' }],
  ['4000000000000101', 'cvcCheckFail', { cvcCheck: 'fail' }],
  ['4000000000000036', 'avsZipFail', { postalCodeCheck: 'fail' }],
  ['4000000000000028', 'avsLine1Fail', { line1Check: 'fail' }],
  ['4000000000000010', 'avsFail', { line1Check: 'fail', postalCodeCheck: 'fail' }],
  ['4000000000000044', 'avsUnchecked', { line1Check: 'unavailable', postalCodeCheck: 'unavailable' }],

  ['4000002500003155', 'authenticationRequiredOnSetup', { authentication: 'unless_set_up' }],
  ['4000002760003184', 'authenticationRequired', { authentication: 'always' }],
  ['4000003800000446', 'authenticationRequiredSetupForOffSession', { authentication: 'on_session' }],
  [
    '4000008260003178',
    'authenticationRequiredChargeDeclinedInsufficientFunds',
    { authentication: 'always', decline: 'insufficient_funds', attachable: true },
  ],
  ['4000000000003220', 'threeDSecure2Required', { authentication: 'always' }],
  [
    '4000008400001629',
    'threeDSecureRequiredChargeDeclined',
    { authentication: 'always', decline: 'generic_decline', attachable: true },
  ],
  [
    '4000008400001280',
    'threeDSecureRequiredProcessingError',
    { authentication: 'always', authenticationBroken: true, attachable: true },
  ],
  ['4000000000003055', 'threeDSecureOptional', { authentication: 'optional' }],
  [
    '4000000000003097',
    'threeDSecureOptionalProcessingError',
    { authentication: 'optional', authenticationBroken: true },
  ],

  ['4000000000000077', 'bypassPending', { bypassesPending: true }],
  ['4000000000007726', 'pendingRefund', { refund: 'pending' }],
  ['4000000000005126', 'refundFail', { refund: 'failing' }],
  ['4000000000000259', 'createDispute', { disputes: ['fraudulent'] }],
  ['4000000000002685', 'createDisputeProductNotReceived', { disputes: ['product_not_received'] }],
  ['4000000000001976', 'createDisputeInquiry', { disputes: ['inquiry'] }],
  ['4000000000005423', 'createIssuerFraudRecord', { isWarnedOf: true }],
  ['4000000404000079', 'createMultipleDisputes', { disputes: ['fraudulent', 'fraudulent'] }],
  ['4000000404000038', 'createCe3EligibleDispute', { disputes: ['compelling_evidence'] }],
  ['4000008400000779', 'createComplianceDispute', { disputes: ['compliance'] }],
  [
    '5105008400000002',
    'createMastercardComplianceDispute',
    { brand: 'mastercard', notBuilt: 'Mastercard compliance disputes' },
  ],
  [
    '4000000001000043',
    'createAutoRepresentmentEligibleDispute',
    { notBuilt: 'disputes that are answered by themselves' },
  ],
];

export const testCards: readonly TestCard[] = ROWS.map(([number, names, behaviour]) => ({
  brand: 'visa',
  funding: 'credit',
  country: 'US',
  ...behaviour,
  number,
  names: names.split(' '),
}));

const byNumber = new Map(testCards.map((card) => [card.number, card]));
const byName = new Map(testCards.flatMap((card) => card.names.map((name) => [name, card] as const)));

export function cardWithNumber(number: string): TestCard | undefined {
  return byNumber.get(number);
}

/** `pm_card_visa` or `tok_visa` and their like. */
export function cardWithName(id: string): TestCard | undefined {
  const name = /^(?:pm_card|tok)_(\w+)$/.exec(id)?.[1];
  return name === undefined ? undefined : byName.get(name);
}

/** The check digit of card numbers (ISO/IEC 7812-1). */
export function passesLuhn(number: string): boolean {
  let sum = 0;
  for (let index = 0; index < number.length; index++) {
    const digit = Number(number[number.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
