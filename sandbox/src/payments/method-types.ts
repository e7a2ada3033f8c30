/** Which payment method types an account with the sandbox's methods switched on would offer. */
import type { PaymentIntent } from '../objects.ts';
import { invalidRequest, notBuilt } from '../wire/errors.ts';
import { arrayOf, oneOf } from '../wire/schema.ts';

/** What Stripe knows to allow and to exclude (`PaymentIntentCreateParams.ExcludedPaymentMethodType`). */
const KNOWN_TYPES =
  'acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit bancontact billie bizum blik ' +
  'boleto card cashapp crypto customer_balance eps fpx giropay grabpay ideal kakao_pay klarna konbini kr_card mb_way ' +
  'mobilepay multibanco naver_pay nz_bank_account oxxo p24 pay_by_bank payco paynow paypal paypay payto pix promptpay ' +
  'revolut_pay samsung_pay satispay scalapay sepa_debit sequra sofort sunbit swish twint upi us_bank_account wechat_pay zip';
export const knownTypesParameter = arrayOf(oneOf(...KNOWN_TYPES.split(' ')));

export function automaticTypes(currency: string): string[] {
  return currency === 'eur' ? ['card', 'sepa_debit'] : ['card'];
}

/** What can be set up for later, in any currency. */
export const typesForSetup: readonly string[] = ['card', 'sepa_debit'];

/** A list given by the caller. @throws ApiError 501 for a type that the sandbox does not build */
export function allowedTypes(currency: string, given: readonly string[]): string[] {
  for (const type of given) {
    if (!automaticTypes(currency).includes(type)) {
      throw notBuilt(`the payment method type '${type}' in ${currency}`);
    }
  }
  return [...given];
}

export interface MethodTypeParams {
  allowed_payment_method_types?: string[];
  excluded_payment_method_types?: string[] | null;
  payment_method_types?: string[];
  automatic_payment_methods?: { enabled: boolean; allow_redirects?: 'always' | 'never' };
}

export interface ChosenTypes {
  types: string[];
  automatic: PaymentIntent['automatic_payment_methods'];
}

/**
 * Without a list of its own, an intent takes whatever the account has switched on.
 * @param check refuses or takes the caller's own list, which only API versions before endive let it give
 * @throws ApiError 400 when nothing is left
 */
export function chooseTypes(
  offered: readonly string[],
  params: MethodTypeParams,
  takesOwnList: boolean,
  check: (own: string[]) => string[],
): ChosenTypes {
  const own = params.payment_method_types;
  if (own !== undefined) {
    if (takesOwnList) return { types: check(own), automatic: null };
    throw invalidRequest(
      'Received unknown parameter: payment_method_types',
      'parameter_unknown',
      'payment_method_types',
    );
  }
  const types = offered.filter(
    (type) =>
      (params.allowed_payment_method_types?.includes(type) ?? true) &&
      !params.excluded_payment_method_types?.includes(type),
  );
  if (types.length === 0) {
    throw invalidRequest('No payment method type is left for this intent.', undefined, 'currency');
  }
  const given = params.automatic_payment_methods;
  if (given?.enabled === false) return { types: ['card'], automatic: null };
  return { types, automatic: { enabled: true, allow_redirects: given?.allow_redirects ?? 'always' } };
}

interface Restricted {
  automatic_payment_methods: object | null;
  payment_method_types: string[];
  allowed_payment_method_types: string[] | null;
  excluded_payment_method_types: string[] | null;
}

interface Restriction {
  allowed_payment_method_types?: string[] | null;
  excluded_payment_method_types?: string[] | null;
}

/** Narrows (or, with null, widens again) what an intent takes. @throws ApiError 400 when nothing is left */
export function restrictTypes(intent: Restricted, params: Restriction, offered: readonly string[]): void {
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded } = params;
  if (allowed === undefined && excluded === undefined) return;
  const narrowed = {
    allowed: allowed === undefined ? intent.allowed_payment_method_types : allowed,
    excluded: excluded === undefined ? intent.excluded_payment_method_types : excluded,
  };
  const { types } = chooseTypes(
    intent.automatic_payment_methods === null ? intent.payment_method_types : offered,
    {
      ...(narrowed.allowed !== null && { allowed_payment_method_types: narrowed.allowed }),
      excluded_payment_method_types: narrowed.excluded,
    },
    false,
    (own) => own,
  );
  intent.payment_method_types = types;
  intent.allowed_payment_method_types = narrowed.allowed;
  intent.excluded_payment_method_types = narrowed.excluded;
}
