import type { Options } from '../shared/messages.ts';
import { initCheckoutElementsSdk } from './checkout/sdk.ts';
import { confirmWithElements, handleNextAction } from './confirm.ts';
import { type CardConfirmation, confirmCard } from './confirm-card.ts';
import { createConfirmationToken, createPaymentMethod, createToken } from './create.ts';
import { createElements } from './elements.ts';
import { createEmbeddedCheckoutPage } from './embedded-checkout.ts';
import { IntegrationError, requireIntegration } from './errors.ts';
import { type IntentKind, intentId, publicResult, retrieveIntent } from './intents.ts';

/** The release train that `@stripe/stripe-js` 10 expects; with another one it warns in test mode. */
const releaseTrain = 'endive';

/**
 * Callable with and without `new`, because the loader of `@stripe/stripe-js` calls it as a plain function.
 * `locale`, `apiVersion` and `betas` are accepted without effect: the sandbox speaks English and one version.
 */
function Stripe(key: unknown, options: Options = {}): Options {
  checkKey(key);
  requireIntegration(!options.stripeAccount, 'The sandbox is one account and does not build stripeAccount.');
  const applications: Options[] = [];
  return {
    ...unbuiltMethods,
    elements: (given: Options = {}) => createElements(key, { locale: options.locale, ...given }),
    confirmPayment: (given: Options) => confirmWithElements(key, 'payment_intent', given),
    confirmSetup: (given: Options) => confirmWithElements(key, 'setup_intent', given),
    confirmCardPayment: cardMethod(key, 'payment_intent'),
    confirmCardSetup: cardMethod(key, 'setup_intent'),
    handleNextAction: async (given: Options) => {
      requireIntegration(!given.hashedValue, 'The sandbox does not build handleNextAction({hashedValue}).');
      return handleNextAction(key, given.clientSecret, 'handleNextAction');
    },
    handleCardAction: (secret: string) => handleNextAction(key, secret, 'handleCardAction'),
    retrievePaymentIntent: (secret: string) => retrieve(key, secret, 'payment_intent'),
    retrieveSetupIntent: (secret: string) => retrieve(key, secret, 'setup_intent'),
    createPaymentMethod: (given: Options, data?: Options) => createPaymentMethod(key, given, data),
    createToken: (source: unknown, data?: Options) => createToken(key, source, data),
    createConfirmationToken: (given: Options) => createConfirmationToken(key, given),
    initCheckoutElementsSdk: (given: Options) => initCheckoutElementsSdk(key, given),
    createEmbeddedCheckoutPage: (given: Options) => createEmbeddedCheckoutPage(key, given),
    registerAppInfo: (application: Options) => void applications.push(application),
    _registerWrapper: (wrapper: Options) => void applications.push(wrapper),
  };
}

function checkKey(key: unknown): asserts key is string {
  requireIntegration(
    typeof key === 'string' && key !== '',
    'Missing value for Stripe(): apiKey should be a string.',
  );
  requireIntegration(
    !/^(sk|rk)_/.test(key),
    'You should not use your secret key with Stripe.js. Please pass a publishable key instead.',
  );
  requireIntegration(
    key.startsWith('pk_test_'),
    'The sandbox takes publishable keys that start with pk_test_. No real money moves here.',
  );
}

function cardMethod(key: string, kind: IntentKind) {
  return (clientSecret: string, data?: Options, options?: CardConfirmation['options']): Promise<Options> =>
    confirmCard({ key, kind, clientSecret, data, options });
}

async function retrieve(key: string, clientSecret: string, kind: IntentKind): Promise<Options> {
  intentId(clientSecret, kind);
  return publicResult(await retrieveIntent(key, clientSecret));
}

/** What stripe.js has and the sandbox has not says so by name; a missing function would tell nothing. */
const unbuiltMethods = Object.fromEntries(
  [
    ...'AcssDebit UsBankAccount Alipay AuBecsDebit Bancontact Billie Blik Boleto Cashapp CustomerBalance Eps Fpx'
      .concat(
        ' Giropay GrabPay Ideal Klarna Konbini Mobilepay Multibanco Oxxo P24 PayByBank PayNow PayPal Pix',
      )
      .concat(' PromptPay SepaDebit Sofort Twint WechatPay Affirm AfterpayClearpay')
      .split(' ')
      .map((method) => `confirm${method}Payment`),
    ...'AcssDebit UsBankAccount AuBecsDebit BacsDebit Bancontact Blik Cashapp Ideal AmazonPay PayPal SepaDebit Sofort'
      .split(' ')
      .map((method) => `confirm${method}Setup`),
    ...'verifyMicrodepositsForPayment verifyMicrodepositsForSetup collectBankAccountForPayment'
      .concat(' collectBankAccountForSetup collectBankAccountToken collectFinancialConnectionsAccounts')
      .concat(' createRadarSession createSource retrieveSource createEphemeralKeyNonce paymentRequest')
      .concat(' processOrder retrieveOrder verifyIdentity initCheckoutFormSdk')
      .split(' '),
  ].map((name) => [name, () => refuse(name)]),
);

function refuse(name: string): never {
  throw new IntegrationError(`The sandbox does not build stripe.${name}().`);
}

Stripe.version = releaseTrain;
(window as unknown as { Stripe: unknown }).Stripe = Stripe;
