/** `/v1/setup_intents` (docs.stripe.com/api/setup_intents) and their attempts. */
import type { SetupIntent } from '../objects.ts';
import { checkMethod } from '../payments/confirm.ts';
import { spend } from '../payments/confirmation-token.ts';
import { chooseTypes, restrictTypes, typesForSetup } from '../payments/method-types.ts';
import { type Call, type Route, route } from '../routing.ts';
import { checkSetupConfirmable, confirmSetup } from '../setup/confirm.ts';
import {
  cancelSetupIntent,
  createSetupIntent,
  dropChallenge,
  isOpen,
  setupCardOptions,
} from '../setup/setup-intent.ts';
import { mergeMetadata, pagination, timeRange } from '../wire/common-parameters.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { isWithin, listOfOwner, listPage } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import { required, text } from '../wire/schema.ts';
import { save } from '../world.ts';
import { givenMethod, withConfirmationToken } from './payment-intent-calls.ts';
import { checkCustomer } from './references.ts';
import {
  attemptOf,
  checkReturnUrl,
  checkTypes,
  findSetupIntent,
  missingMethod,
  refuseChangesOfSession,
  refuseOfSession,
  secretOnly,
  shown,
  unexpectedState,
  wanted,
} from './setup-intent-calls.ts';
import * as parameters from './setup-intent-parameters.ts';

export const setupIntentRoutes: Route[] = [
  route('POST', '/v1/setup_intents', { fields: parameters.create, handle: create }),
  route('GET', '/v1/setup_intents', {
    fields: parameters.list,
    handle: ({ world, params }) =>
      listPage(
        world.store.setup_intents,
        '/v1/setup_intents',
        params,
        (intent) =>
          isWithin(params.created, intent.created) &&
          (params.customer === undefined || intent.customer === params.customer) &&
          (params.payment_method === undefined || intent.payment_method === params.payment_method),
      ),
  }),
  route('GET', '/v1/setup_intents/:id', {
    access: 'publishable',
    fields: parameters.retrieve,
    handle: (call) => shown(call, findSetupIntent(call)),
  }),
  route('POST', '/v1/setup_intents/:id', { fields: parameters.update, handle: update }),
  route('POST', '/v1/setup_intents/:id/confirm', {
    access: 'publishable',
    fields: parameters.confirm,
    handle: confirm,
  }),
  route('POST', '/v1/setup_intents/:id/cancel', {
    fields: parameters.cancel,
    handle(call) {
      const intent = findSetupIntent(call);
      refuseOfSession(call, intent, 'cancel');
      cancelSetupIntent(call.turn, intent, call.params.cancellation_reason ?? null);
      return intent;
    },
  }),
  route('GET', '/v1/setup_attempts', {
    fields: { ...pagination, created: timeRange(), setup_intent: required(text()) },
    handle({ world, params }) {
      const { setup_attempts, setup_intents } = world.store;
      const id = params.setup_intent;
      if (setup_intents.get(id) === undefined) throw missingResource('setupintent', id, 'setup_intent');
      return listOfOwner(setup_attempts, id, '/v1/setup_attempts', params, (attempt) =>
        isWithin(params.created, attempt.created),
      );
    },
  }),
];

function create(call: Call<Values<typeof parameters.create>>): SetupIntent {
  const { turn, version } = call;
  checkCustomer(turn, call.params.customer);
  const { types, automatic } = chooseTypes(
    typesForSetup,
    call.params,
    version.takesPaymentMethodTypes,
    checkTypes,
  );
  for (const name of ['confirmation_token', 'return_url'] as const) {
    if (call.params.confirm === true || call.params[name] === undefined) continue;
    throw invalidRequest(`The parameter ${name} can only be given with confirm=true.`, undefined, name);
  }
  const { params, token } = withConfirmationToken(turn, call.params);
  if (params.confirm === true) checkReturnUrl(call, automatic, params.return_url);
  const metadata = mergeMetadata({}, params.metadata);
  const method = givenMethod(turn, params);
  if (params.confirm === true && method === undefined) throw missingMethod();
  if (method !== undefined) {
    checkMethod(
      turn,
      { payment_method_types: types, customer: params.customer ?? null },
      method,
      'SetupIntent',
    );
  }
  const intent = createSetupIntent(
    turn,
    {
      allowed_payment_method_types: params.allowed_payment_method_types ?? null,
      automatic_payment_methods: automatic,
      customer: params.customer ?? null,
      description: params.description ?? null,
      excluded_payment_method_types: params.excluded_payment_method_types ?? null,
      metadata,
      payment_method: method?.id ?? null,
      payment_method_options: { card: setupCardOptions(wanted(params) ?? 'automatic') },
      payment_method_types: types,
      usage: params.usage ?? 'off_session',
    },
    null,
  );
  if (token !== null) spend(turn, token, intent);
  if (params.confirm === true) confirmSetup(turn, intent, attemptOf(intent, method!, params));
  return intent;
}

function confirm(call: Call<Values<typeof parameters.confirm>>): object {
  const { turn, access } = call;
  const intent = findSetupIntent(call);
  refuseOfSession(call, intent, 'confirm');
  checkSetupConfirmable(intent);
  const { params, token } = withConfirmationToken(turn, call.params);
  if (access === 'publishable' && params.allowed_payment_method_types !== undefined) throw secretOnly();
  if (access === 'secret') checkReturnUrl(call, intent.automatic_payment_methods, params.return_url);
  restrictTypes(intent, params, typesForSetup);
  const given = givenMethod(turn, params);
  const method = given ?? turn.world.store.payment_methods.get((intent.payment_method as string) ?? '');
  if (method === undefined) throw missingMethod();
  checkMethod(turn, intent, method, 'SetupIntent');
  const authentication = wanted(params);
  if (authentication) intent.payment_method_options = { card: setupCardOptions(authentication) };
  if (token !== null) spend(turn, token, intent);
  confirmSetup(turn, intent, attemptOf(intent, method, params));
  return shown(call, intent);
}

function update(call: Call<Values<typeof parameters.update>>): SetupIntent {
  const { turn, world, params } = call;
  const intent = findSetupIntent(call);
  const { metadata, description, expand: _, ...rest } = params;
  refuseChangesOfSession(call, intent, Object.keys(rest));
  // What does not concern the payment method may always change.
  if (!isOpen(intent) && Object.keys(rest).length > 0) throw unexpectedState(intent, 'update');
  checkCustomer(turn, params.customer);
  const merged = mergeMetadata(intent.metadata ?? {}, metadata);
  restrictTypes(intent, params, typesForSetup);
  const method = givenMethod(turn, params);
  const customer = params.customer ?? (intent.customer as string | null);
  if (method !== undefined) checkMethod(turn, { ...intent, customer }, method, 'SetupIntent');
  Object.assign(intent, { metadata: merged, customer });
  if (description !== undefined) intent.description = description;
  const authentication = wanted(params);
  if (authentication) intent.payment_method_options = { card: setupCardOptions(authentication) };
  if (method !== undefined) {
    dropChallenge(turn, intent);
    Object.assign(intent, { payment_method: method.id, status: 'requires_confirmation' });
  }
  if (isOpen(intent)) intent.last_setup_error = null;
  save(turn, world.store.setup_intents, intent, 'updated');
  return intent;
}
