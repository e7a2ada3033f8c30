import type { SetupIntent } from '../objects.ts';

/** What a browser may see of a setup intent: the fields of stripe.js's `SetupIntent` type. */
const PUBLIC_FIELDS = [
  'id',
  'object',
  'automatic_payment_methods',
  'cancellation_reason',
  'client_secret',
  'created',
  'description',
  'last_setup_error',
  'livemode',
  'next_action',
  'payment_method',
  'payment_method_configuration_details',
  'payment_method_types',
  'status',
  'usage',
] as const satisfies (keyof SetupIntent)[];

export function publicSetupIntent(intent: SetupIntent): object {
  return Object.fromEntries(PUBLIC_FIELDS.map((field) => [field, intent[field]]));
}
