import { idOfClientSecret } from '../shared/api.ts';
import type { GroupSetup, Options } from '../shared/messages.ts';
import { requireIntegration } from './errors.ts';

/**
 * The options of `elements()`. With an effect: `clientSecret`, `mode`, `amount`, `currency`, `appearance`
 * (theme, variables, rules), `fonts` with a `src`, and the lists of payment method types. Accepted without one:
 * `locale` (the sandbox speaks English), `loader`, `captureMethod`, `setupFutureUsage`, `onBehalfOf` and the like,
 * which the server decides at confirmation; `appearance.labels` and `appearance.inputs`; `fonts` with a `cssSrc`.
 */
export function checkOptions({ clientSecret, mode, amount, currency, ...rest }: Options): void {
  requireIntegration(
    !(clientSecret && mode),
    'elements() takes either a clientSecret or a mode with amount and currency, not both.',
  );
  requireIntegration(
    clientSecret === undefined || idOfClientSecret(clientSecret),
    'Invalid value for elements(): clientSecret should have the form id_secret_secret.',
  );
  refuseUnbuilt(rest);
  if (mode !== undefined) checkMode({ mode, amount, currency });
}

/** @throws IntegrationError for what cannot change after `elements()`, and for an amount that is none */
export function checkChanges(changes: Options, before: Options): void {
  requireIntegration(
    !('clientSecret' in changes),
    'clientSecret cannot be updated. Create a new elements().',
  );
  refuseUnbuilt(changes);
  const { mode, amount, currency } = { ...before, ...changes };
  if (before.mode !== undefined && before.mode !== 'checkout') checkMode({ mode, amount, currency });
}

/** What the frames of a group are told. */
export function sharedSetup(options: Options, addressElsewhere: boolean): GroupSetup {
  const types =
    options.paymentMethodTypes ?? options.payment_method_types ?? options.allowedPaymentMethodTypes;
  const excluded: string[] = options.excludedPaymentMethodTypes ?? [];
  return {
    appearance: options.appearance ?? {},
    fonts: Array.isArray(options.fonts) ? options.fonts : [],
    addressElsewhere,
    methodTypes: Array.isArray(types) ? types : excluded.includes('card') ? [] : null,
  };
}

function checkMode({ mode, amount, currency }: Options): void {
  requireIntegration(
    ['payment', 'setup', 'subscription'].includes(mode),
    'Invalid value for elements(): mode should be one of payment, setup or subscription.',
  );
  if (mode === 'setup') return;
  requireIntegration(typeof currency === 'string', `elements() with the mode ${mode} needs a currency.`);
  requireIntegration(
    Number.isInteger(amount) && amount >= 0,
    `elements() with the mode ${mode} needs an amount in minor units.`,
  );
}

/** Saved and foreign payment methods would change what the customer sees, so they are refused by name. */
function refuseUnbuilt(options: Options): void {
  const names = [
    'customerSessionClientSecret',
    'customerOptions',
    'customPaymentMethods',
    'externalPaymentMethodTypes',
  ];
  const given = names.find((name) => options[name] !== undefined);
  requireIntegration(!given, `The sandbox does not build the option ${given} of elements().`);
}
