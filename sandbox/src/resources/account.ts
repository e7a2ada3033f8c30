/** `/v1/account` (docs.stripe.com/api/accounts/retrieve): whose key this is. The sandbox plays one account for all keys. */
import type { Account } from '../objects.ts';
import { type Route, route } from '../routing.ts';
import { expand } from '../wire/common-parameters.ts';
import type { World } from '../world.ts';

export const accountRoutes: Route[] = [
  route('GET', '/v1/account', { fields: { expand }, handle: ({ world }) => accountOf(world) }),
];

function accountOf({ ids }: World): Account {
  return {
    id: `acct_1${ids.account}`,
    object: 'account',
    business_profile: {
      mcc: null,
      minority_owned_business_designation: null,
      name: 'Sandbox',
      specified_commercial_transactions_act_url: null,
      support_address: null,
      support_email: null,
      support_phone: null,
      support_url: null,
      url: null,
    },
    charges_enabled: true,
    country: 'US',
    default_currency: 'usd',
    details_submitted: true,
    email: 'owner@sandbox.invalid',
    payouts_enabled: true,
    type: 'standard',
  };
}
