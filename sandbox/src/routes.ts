/** Every endpoint of the sandbox, and the names of those that Stripe has beside them. */
import { accountRoutes } from './resources/account.ts';
import { balanceRoutes } from './resources/balance.ts';
import { balanceTransactionRoutes } from './resources/balance-transactions.ts';
import { chargeRoutes } from './resources/charges.ts';
import { checkoutSessionRoutes } from './resources/checkout-sessions.ts';
import { confirmationTokenRoutes } from './resources/confirmation-tokens.ts';
import { couponRoutes } from './resources/coupons.ts';
import { customerSourceRoutes } from './resources/customer-sources.ts';
import { customerRoutes } from './resources/customers.ts';
import { disputeRoutes } from './resources/disputes.ts';
import { eventRoutes } from './resources/events.ts';
import { paymentIntentRoutes } from './resources/payment-intents.ts';
import { paymentLinkRoutes } from './resources/payment-links.ts';
import { paymentMethodRoutes } from './resources/payment-methods.ts';
import { paymentPageRoutes } from './resources/payment-pages.ts';
import { priceRoutes } from './resources/prices.ts';
import { productRoutes } from './resources/products.ts';
import { promotionCodeRoutes } from './resources/promotion-codes.ts';
import { refundRoutes } from './resources/refunds.ts';
import { setupIntentRoutes } from './resources/setup-intents.ts';
import { shippingRateRoutes } from './resources/shipping-rates.ts';
import { taxRateRoutes } from './resources/tax-rates.ts';
import { tokenRoutes } from './resources/tokens.ts';
import { webhookEndpointRoutes } from './resources/webhook-endpoints.ts';
import type { Method, Route } from './routing.ts';
import { ApiError, notBuilt } from './wire/errors.ts';

export const routes: readonly Route[] = [
  ...paymentIntentRoutes,
  ...paymentMethodRoutes,
  ...checkoutSessionRoutes,
  ...paymentPageRoutes,
  ...paymentLinkRoutes,
  ...productRoutes,
  ...priceRoutes,
  ...couponRoutes,
  ...promotionCodeRoutes,
  ...shippingRateRoutes,
  ...taxRateRoutes,
  ...chargeRoutes,
  ...customerRoutes,
  ...customerSourceRoutes,
  ...setupIntentRoutes,
  ...tokenRoutes,
  ...confirmationTokenRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...accountRoutes,
  ...balanceRoutes,
  ...balanceTransactionRoutes,
  ...eventRoutes,
  ...webhookEndpointRoutes,
];

/** First path segments of Stripe's API that the sandbox does not build at all, or not with every verb. */
const STRIPE_RESOURCES = new Set(
  (
    'account account_links account_sessions accounts apple_pay application_fees apps balance balance_settings ' +
    'balance_transactions billing billing_portal charges checkout climate confirmation_tokens country_specs coupons ' +
    'credit_notes customer_sessions customers disputes elements entitlements ephemeral_keys events exchange_rates ' +
    'external_accounts file_links files financial_connections forwarding identity invoice_payments ' +
    'invoice_rendering_templates invoiceitems invoices issuing linked_accounts mandates payment_attempt_records ' +
    'payment_intents payment_links payment_method_configurations payment_method_domains payment_methods ' +
    'payment_pages payment_records payouts plans prices products promotion_codes quotes radar refunds reporting ' +
    'reviews setup_attempts setup_intents shipping_rates sigma sources subscription_items subscription_schedules ' +
    'subscriptions tax tax_codes tax_ids tax_rates terminal test_helpers tokens topups transfers treasury ' +
    'webhook_endpoints'
  ).split(' '),
);

export interface Match {
  route: Route;
  ids: string[];
}

interface Node {
  children: Map<string, Node>;
  variable: Node | null;
  routes: Partial<Record<Method, Route>>;
}

const root = emptyNode();
for (const each of routes) plant(each);

/** @throws ApiError 501 for an endpoint that Stripe has and the sandbox has not, 404 for no endpoint at all */
export function matchRoute(method: string, path: string): Match {
  const segments = path.slice(1).split('/');
  const ids: string[] = [];
  let node: Node | null = root;
  for (const segment of segments) {
    const child: Node | undefined = node.children.get(segment);
    if (child === undefined) ids.push(decodeSegment(segment));
    node = child ?? node.variable;
    if (node === null) break;
  }
  const route = node?.routes[method as Method];
  if (route !== undefined && !ids.includes('') && !ids.includes('search')) return { route, ids };
  throw noRoute(method, path, segments[1] ?? '');
}

function noRoute(method: string, path: string, resource: string): ApiError {
  if (STRIPE_RESOURCES.has(resource) || path.startsWith('/v2/')) return notBuilt(`${method} ${path}`);
  return new ApiError(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  });
}

function plant(each: Route): void {
  let node = root;
  for (const segment of each.path.slice(1).split('/')) {
    if (segment.startsWith(':')) {
      node.variable ??= emptyNode();
      node = node.variable;
      continue;
    }
    const child = node.children.get(segment) ?? emptyNode();
    node.children.set(segment, child);
    node = child;
  }
  node.routes[each.method] = each;
}

function emptyNode(): Node {
  return { children: new Map(), variable: null, routes: {} };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
