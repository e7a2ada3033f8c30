/** `/v1/payment_links` (docs.stripe.com/api/payment-link), for one-time prices. */
import { change, found } from '../catalogue/changes.ts';
import { checkTotal } from '../checkout/limits.ts';
import { checkPresentment, type Line, makeItems, readLines } from '../checkout/line-items.ts';
import { changedSettings, plainSettings } from '../checkout/link-settings.ts';
import { openLink } from '../checkout/payment-link.ts';
import { readShippingOptions, type ShippingChoice } from '../checkout/shipping.ts';
import { computeTotals } from '../checkout/totals.ts';
import type { LineItem, PaymentLink } from '../objects.ts';
import { type Call, type Route, route } from '../routing.ts';
import { emit } from '../webhooks/events.ts';
import { expand, pagination } from '../wire/common-parameters.ts';
import { invalidRequest, missingResource, notBuilt } from '../wire/errors.ts';
import { listOf, listPage } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';
import * as parameters from './payment-link-parameters.ts';

type CreateParameters = Values<typeof parameters.create>;
type UpdateParameters = Values<typeof parameters.update>;

/** Source: the comment of `PaymentLinkCreateParams.line_items`. */
const MOST_LINE_ITEMS = 20;

export const paymentLinkRoutes: Route[] = [
  route('POST', '/v1/payment_links', { fields: parameters.create, handle: create }),
  route('GET', '/v1/payment_links', {
    fields: parameters.list,
    handle: ({ world, params }) =>
      listPage(
        world.store.payment_links,
        '/v1/payment_links',
        params,
        ({ active }) => params.active === undefined || active === params.active,
      ),
  }),
  route('GET', '/v1/payment_links/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/payment_links/:id', { fields: parameters.update, handle: update }),
  route('GET', '/v1/payment_links/:id/line_items', {
    fields: pagination,
    handle(call) {
      const { id } = find(call);
      const { items } = call.world.store.payment_link_secrets.get(id)!;
      return listOf(items, `/v1/payment_links/${id}/line_items`, call.params);
    },
  }),
  // The sandbox's own: what its page behind a link calls, with the last part of the link's address as the id.
  route('POST', '/v1/payment_links/:id/open', {
    access: 'publishable',
    fields: parameters.visit,
    handle({ world, turn, ids, params }) {
      const [link] = world.store.payment_links.withIndex(ids[0]!);
      if (link === undefined) throw missingResource('payment_link', ids[0]!);
      return openLink(turn, link, params);
    },
  }),
];

function find(call: Call<unknown>): PaymentLink {
  return found(call.world.store.payment_links, 'payment_link', call.ids[0]!);
}

/** Everything is checked before anything is made. */
function create({ turn, params }: Call<CreateParameters>): PaymentLink {
  const { ids, store } = turn.world;
  checkItems(turn, params.line_items);
  const lines = readLines(turn, params.line_items);
  const { currency } = lines[0]!.price;
  checkPresentment(params.currency, currency);
  const shipping = readShippingOptions(turn, params.shipping_options, currency);
  checkOrder(lines, shipping, currency);
  const plain = plainSettings(currency);
  const link: PaymentLink = {
    ...plain,
    ...changedSettings(params, plain),
    id: ids.object('plink'),
    shipping_options: shipping.map(optionOf),
    url: `${turn.world.baseUrl}/b/test_${ids.characters(18)}`,
  };
  store.payment_link_secrets.put({ id: link.id, items: pricedItems(turn, lines) });
  save(turn, store.payment_links, link, 'created');
  emit(turn, 'payment_link.created', link);
  return link;
}

/** Sessions that the link opened before keep what it said then. */
function update(call: Call<UpdateParameters>): PaymentLink {
  const { turn, params } = call;
  const link = find(call);
  const changes = { ...changedSettings(params, link), ...changedOrder(turn, link, params) };
  return change(turn, turn.world.store.payment_links, link, changes, 'payment_link.updated');
}

/** Items that are not named stay as they are, in the number they have; that Stripe keeps them is not verified. */
function changedOrder(turn: Turn, link: PaymentLink, changes: UpdateParameters): Partial<PaymentLink> {
  const { line_items: inputs, shipping_options: options } = changes;
  if (inputs === undefined && options === undefined) return {};
  const { payment_link_secrets: secrets } = turn.world.store;
  const { items } = secrets.get(link.id)!;
  inputs?.forEach(({ id }, index) => {
    const param = `line_items[${index}][id]`;
    if (!items.some((item) => item.id === id)) throw missingResource('line item', id, param);
  });
  const lines = readLines(
    turn,
    items.map(({ id }) => ({ ...inputs?.find((input) => input.id === id), id })),
    items,
  );
  const kept = link.shipping_options.map(({ shipping_rate: rate }) => ({ shipping_rate: String(rate) }));
  const shipping = readShippingOptions(turn, options === undefined ? kept : options, link.currency);
  checkOrder(lines, shipping, link.currency);
  secrets.put({ id: link.id, items: pricedItems(turn, lines) });
  return { shipping_options: shipping.map(optionOf) };
}

function checkItems(turn: Turn, inputs: CreateParameters['line_items']): void {
  if (inputs.length > MOST_LINE_ITEMS) {
    throw invalidRequest(`At most ${MOST_LINE_ITEMS} line items can be given.`, undefined, 'line_items');
  }
  for (const { price, price_data: data } of inputs) {
    const known = turn.world.store.prices.get(price ?? '');
    if (data?.recurring === undefined && !known?.recurring) continue;
    throw notBuilt('payment links with recurring prices');
  }
}

/** That Stripe looks at the total already when the link is made is not verified. */
function checkOrder(lines: readonly Line[], shipping: readonly ShippingChoice[], currency: string): void {
  checkTotal(computeTotals(lines, null, shipping[0]?.amount ?? null).total, currency);
}

function optionOf({ rate, amount }: ShippingChoice): PaymentLink['shipping_options'][number] {
  return { shipping_amount: amount, shipping_rate: rate!.id };
}

function pricedItems(turn: Turn, lines: readonly Line[]): LineItem[] {
  const totals = computeTotals(lines, null, null).lines;
  return makeItems(turn, lines).map((item, index) => {
    const { subtotal, total } = totals[index]!;
    return { ...item, amount_subtotal: subtotal, amount_total: total };
  });
}
