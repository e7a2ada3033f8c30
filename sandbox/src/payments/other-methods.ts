/** Ways of paying, and options of cards, that Stripe has and the sandbox has not: each is refused by its name. */
import { allUnbuilt } from '../wire/schema.ts';

const everywhere = {
  ...allUnbuilt('acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit bacs_debit'),
  ...allUnbuilt('bancontact billie blik boleto cashapp crypto customer_balance eps fpx giropay grabpay'),
  ...allUnbuilt('ideal kakao_pay klarna konbini kr_card link mobilepay multibanco naver_pay oxxo p24'),
  ...allUnbuilt('pay_by_bank payco paynow paypal payto pix revolut_pay samsung_pay satispay scalapay'),
  ...allUnbuilt('sequra sofort sunbit swish twint upi us_bank_account wechat_pay'),
};

/** Source: `PaymentMethodCreateParams`. */
export const unbuiltMethods = {
  ...everywhere,
  ...allUnbuilt('bizum custom interac_present mb_way nz_bank_account paypay promptpay zip'),
};

/** Source: `PaymentIntentCreateParams.PaymentMethodOptions`. */
export const unbuiltIntentOptions = {
  ...everywhere,
  ...allUnbuilt('bizum card_present interac_present mb_way nz_bank_account paypay promptpay sepa_debit'),
  ...allUnbuilt('zip'),
};

/** Source: `PaymentIntentCreateParams.PaymentMethodOptions.Card`. */
export const unbuiltIntentCardOptions = {
  ...allUnbuilt('capture_method cvc_token installments mandate_options moto network'),
  ...allUnbuilt('request_extended_authorization request_multicapture request_overcapture'),
  ...allUnbuilt('require_cvc_recollection setup_credential_usage setup_future_usage'),
  ...allUnbuilt('statement_descriptor_suffix_kana statement_descriptor_suffix_kanji'),
  ...allUnbuilt('stored_credential_usage three_d_secure'),
};

/** Source: `SetupIntentCreateParams.PaymentMethodOptions`. */
export const unbuiltSetupOptions = {
  ...allUnbuilt('acss_debit amazon_pay bacs_debit bizum blik card_present klarna link paypal payto pix'),
  ...allUnbuilt('sepa_debit upi us_bank_account'),
};

/** Source: `SetupIntentCreateParams.PaymentMethodOptions.Card`. */
export const unbuiltSetupCardOptions = {
  ...allUnbuilt('mandate_options moto network setup_credential_usage three_d_secure'),
};

/** Source: `Checkout.SessionCreateParams.PaymentMethodOptions`. */
export const unbuiltSessionOptions = {
  ...everywhere,
  ...allUnbuilt('demo_pay sepa_debit'),
};

/** Source: `Checkout.SessionCreateParams.PaymentMethodOptions.Card`. */
export const unbuiltSessionCardOptions = {
  ...allUnbuilt('capture_method installments request_extended_authorization'),
  ...allUnbuilt('request_incremental_authorization request_multicapture request_overcapture'),
  ...allUnbuilt('restrictions setup_future_usage statement_descriptor_suffix_kana'),
  ...allUnbuilt('statement_descriptor_suffix_kanji'),
};
