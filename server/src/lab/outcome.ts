import type { AdminOrder } from '@paydesk/contract/admin';
import type { ExperimentKind, LabActor, LabOutcome, LabStep } from '@paydesk/contract/admin/lab';
import { formatMoney } from '@paydesk/contract/money';
import type { Actor, Order } from '@paydesk/contract/orders';
import { type Ending, experiments } from './experiments.ts';
import { faultHits } from './faults.ts';
import type { SandboxClient } from './sandbox.ts';
import type { ShopApi } from './shopper.ts';

type Charge = { id: string; status: string; amount: number };
type Delivery = {
  event: string;
  type: string;
  attempts: { at: number; status: number | null; error: string | null }[];
};
type Check = LabOutcome['checks'][number];

/** How many of the newest deliveries are looked through for those of one order. */
const newestDeliveries = 200;

/** What has become of an experiment's order; null where there is none. From the shop's record and from the sandbox's, which knows nothing of the shop. */
export async function outcomeOf(
  { api, sandbox }: { api: ShopApi; sandbox: SandboxClient },
  kind: ExperimentKind,
  orderId: string,
): Promise<LabOutcome | null> {
  const { status, body } = await api<AdminOrder>('GET', `/api/admin/orders/${orderId}`);
  if (status !== 200) return null;
  const { order, payments, events } = body;
  const references = payments.flatMap(({ paymentReference }) => paymentReference ?? []);
  const eventIds = new Set(events.map(({ id }) => id));
  const [charges, deliveries, hits] = await Promise.all([
    chargesOf(sandbox, references),
    deliveriesOf(sandbox, eventIds),
    faultHits(sandbox, { since: Date.parse(order.placedAt), eventIds }),
  ]);
  const { ending, lesson } = experiments[kind];
  const checks = checksOf(ending, body, charges);
  return {
    kind,
    order: { id: order.id, number: order.number, status: order.status, total: order.total },
    state: stateOf(checks),
    checks,
    steps: [
      ...timelineSteps(order),
      ...hits.map(({ at, text }) => step(at, 'stripe', text)),
      ...arrivalSteps(body),
      ...deliverySteps(deliveries),
    ].toSorted((one, other) => one.at.localeCompare(other.at)),
    lesson,
  };
}

async function chargesOf(sandbox: SandboxClient, intents: string[]): Promise<Charge[]> {
  const lists = await Promise.all(
    intents.map((intent) =>
      sandbox.read<{ data: Charge[] }>(`/v1/charges?limit=10&payment_intent=${encodeURIComponent(intent)}`),
    ),
  );
  return lists.flatMap(({ data }) => data).filter((charge) => charge.status === 'succeeded');
}

async function deliveriesOf(sandbox: SandboxClient, events: ReadonlySet<string>): Promise<Delivery[]> {
  const { data } = await sandbox.control<{ data: Delivery[] }>('GET', `deliveries?limit=${newestDeliveries}`);
  return data.filter(({ event }) => events.has(event));
}

/** `false` is said only of what can never come right again; all else is still on its way. */
function checksOf(ending: Ending, { order, hold, payments }: AdminOrder, charges: Charge[]): Check[] {
  const taken = charges.reduce((sum, { amount }) => sum + amount, 0);
  const { amount: total, currency } = order.total;
  const nothingTaken: Check = {
    text: 'Stripe has taken nothing from the customer.',
    holds: charges.length === 0 && order.received.amount === 0,
  };
  switch (ending) {
    case 'paid':
      return [
        {
          text: `Stripe has taken ${formatMoney({ amount: total, currency })} from the customer, once.`,
          holds: charges.length === 0 ? null : charges.length === 1 && taken === total,
        },
        { text: 'The order is paid.', holds: order.status === 'paid' || null },
        {
          text: 'The shop’s books have what Stripe has, to the cent.',
          holds:
            (order.received.amount === taken && taken > 0) || (order.received.amount > taken ? false : null),
        },
      ];
    case 'canceled':
    case 'expired':
      return [
        nothingTaken,
        { text: 'The order has ended.', holds: order.status === ending || null },
        { text: 'Its stock can be sold to somebody else.', holds: hold === 'released' || null },
      ];
    case 'open':
      return [
        nothingTaken,
        {
          text: 'The attempt has ended, in the shop as at Stripe.',
          holds: payments.every(({ closedAt }) => closedAt !== null) || null,
        },
        { text: 'The order can still be paid.', holds: order.payable },
      ];
  }
}

function stateOf(checks: readonly Check[]): LabOutcome['state'] {
  if (checks.some(({ holds }) => holds === false)) return 'wrong';
  return checks.every(({ holds }) => holds === true) ? 'safe' : 'waiting';
}

const actors: Record<Actor, LabActor> = {
  customer: 'customer',
  operator: 'operator',
  provider: 'stripe',
  clock: 'shop',
  reconciler: 'shop',
  shop: 'shop',
};

function timelineSteps({ timeline }: Order): LabStep[] {
  return timeline.map(({ at, actor, message }) => ({ at, who: actors[actor], text: message }));
}

/** How Stripe's word of the money came, where it did not come by itself. */
function arrivalSteps({ events }: AdminOrder): LabStep[] {
  return events
    .filter(({ source }) => source === 'poll' || source === 'reconcile')
    .map(({ id, type, receivedAt }) => ({
      at: receivedAt,
      who: 'shop' as const,
      text: `Fetched ${type} from Stripe’s list, because it had not been delivered (${id}).`,
    }));
}

/** Deliveries that failed: those that went well are on the timeline. Stripe repeats one many times, so each is said once. */
function deliverySteps(deliveries: readonly Delivery[]): LabStep[] {
  return deliveries.flatMap(({ type, attempts }) => {
    const failed = attempts.filter(({ status }) => status === null || status >= 300);
    const [first] = failed;
    if (!first) return [];
    const times = failed.length === 1 ? 'once' : `${failed.length} times`;
    const why = first.status === null ? 'it never arrived' : `the shop answered ${first.status}`;
    return [step(first.at, 'stripe', `Sent ${type} in vain ${times}: ${why}.`)];
  });
}

function step(at: number, who: LabActor, text: string): LabStep {
  return { at: new Date(at).toISOString(), who, text };
}
