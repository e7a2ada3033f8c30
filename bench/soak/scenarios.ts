import type { Order, PlacedOrder } from '@paydesk/contract/orders';
import type { StartedPayment } from '@paydesk/contract/payments';
import { cards, payWith } from './cards.ts';
import type { Person } from './client.ts';
import { answerDispute, cancelByOperator, recordTransfer, refund, refundAtStripe } from './operators.ts';

/** One way a purchase can go. The weights say how often it is chosen. */
export type Scenario = { name: string; weight: number; run(person: Person): Promise<void> };

const isPaid = ({ status }: Order) => ['paid', 'partially_refunded', 'refunded'].includes(status);
/** The smallest part that can be paid, in minor units. */
const leastPart = 50;

export const scenarios: readonly Scenario[] = [
  { name: 'pays on our page', weight: 30, run: async (person) => void (await buy(person, 'elements')) },
  { name: "pays on Stripe's page", weight: 12, run: async (person) => void (await buy(person, 'hosted')) },
  { name: 'is declined, then pays', weight: 8, run: declinedThenPaid },
  { name: 'is declined and gives up', weight: 3, run: declined },
  {
    name: 'passes 3-D Secure',
    weight: 4,
    run: async (person) => void (await payNew(person, cards.asks, 'pass')),
  },
  {
    name: 'fails 3-D Secure',
    weight: 2,
    run: async (person) => void (await payNew(person, cards.asks, 'fail')),
  },
  {
    name: 'leaves during 3-D Secure',
    weight: 2,
    run: async (person) => void (await payNew(person, cards.asks, 'nothing')),
  },
  { name: 'never pays', weight: 5, run: async (person) => void (await person.place()) },
  { name: 'cancels', weight: 4, run: cancels },
  { name: 'cancels while paying', weight: 3, run: cancelsWhilePaying },
  { name: 'pays in two tabs', weight: 3, run: twoTabs },
  { name: 'pays in two parts', weight: 4, run: twoParts },
  { name: 'pays a deposit and cancels', weight: 2, run: depositThenCancel },
  {
    name: 'pays a deposit and forgets the rest',
    weight: 2,
    run: async (person) => void (await deposit(person)),
  },
  { name: 'transfers', weight: 4, run: transfers },
  { name: 'transfers too much, too little or twice', weight: 2, run: oddTransfers },
  { name: 'is refunded', weight: 6, run: refunded },
  { name: 'is refunded by two operators at once', weight: 2, run: refundedTwice },
  { name: 'is refunded at Stripe', weight: 2, run: refundedAtStripe },
  { name: 'has a refund that waits or fails', weight: 2, run: slowRefund },
  { name: 'disputes', weight: 2, run: disputes },
  {
    name: 'is canceled by an operator',
    weight: 1,
    run: async (person) => await cancelByOperator(person, await person.place()),
  },
];

async function payNew(
  person: Person,
  card: string,
  bankSays: 'pass' | 'fail' | 'nothing' = 'pass',
): Promise<PlacedOrder> {
  const placed = await person.place();
  const started = await startOr(person, placed);
  if (started) await payWith(person, started, card, bankSays);
  return placed;
}

async function startOr(
  person: Person,
  placed: PlacedOrder,
  flow: 'elements' | 'hosted' = 'elements',
  amount?: number,
): Promise<StartedPayment | null> {
  const reply = await person.pay(placed, flow, amount);
  return reply.status === 201 ? reply.body : null;
}

async function buy(
  person: Person,
  flow: 'elements' | 'hosted',
  card: string = cards.good,
): Promise<PlacedOrder> {
  const placed = await person.place();
  const started = await startOr(person, placed, flow);
  if (started) await payWith(person, started, card);
  return placed;
}

async function declined(person: Person): Promise<void> {
  await payNew(person, cards.declined);
}

async function declinedThenPaid(person: Person): Promise<void> {
  const placed = await payNew(person, cards.declined);
  const started = await startOr(person, placed, person.random.chance(0.5) ? 'elements' : 'hosted');
  if (started) await payWith(person, started, cards.good);
}

async function cancels(person: Person): Promise<void> {
  const placed = await person.place();
  if (person.random.chance(0.5)) await startOr(person, placed);
  await cancel(person, placed);
}

async function cancel(person: Person, placed: PlacedOrder): Promise<void> {
  await person.shop('POST', `/api/orders/${placed.order.id}/cancel`, { token: placed.accessToken });
}

async function cancelsWhilePaying(person: Person): Promise<void> {
  const placed = await person.place();
  const started = await startOr(person, placed, person.random.chance(0.5) ? 'elements' : 'hosted');
  if (!started) return;
  await Promise.all([payWith(person, started, cards.good), cancel(person, placed)]);
}

/** One tab has our form open, the other goes to Stripe's page; both pay. */
async function twoTabs(person: Person): Promise<void> {
  const placed = await person.place();
  const [one, other] = await Promise.all([
    startOr(person, placed, 'elements'),
    startOr(person, placed, 'hosted'),
  ]);
  await Promise.all([one, other].map((started) => started && payWith(person, started, cards.good)));
}

async function deposit(person: Person): Promise<PlacedOrder> {
  const placed = await person.place();
  const part = partOf(person, placed.order.total.amount);
  const started = await startOr(person, placed, person.random.chance(0.7) ? 'elements' : 'hosted', part);
  if (started) await payWith(person, started, cards.good);
  return placed;
}

function partOf(person: Person, total: number): number {
  return person.random.whole(leastPart, Math.max(leastPart, total - leastPart));
}

async function twoParts(person: Person): Promise<void> {
  const placed = await deposit(person);
  await person.until(placed, ({ received }) => received.amount > 0);
  const started = await startOr(person, placed);
  if (started) await payWith(person, started, cards.good);
}

async function depositThenCancel(person: Person): Promise<void> {
  const placed = await deposit(person);
  await person.until(placed, ({ received }) => received.amount > 0);
  await cancel(person, placed);
}

async function transfers(person: Person): Promise<void> {
  const placed = await person.place();
  await person.pay(placed, 'transfer');
  if (person.random.chance(0.8)) await recordTransfer(person, placed, placed.order.total.amount);
}

async function oddTransfers(person: Person): Promise<void> {
  const placed = await person.place();
  await person.pay(placed, 'transfer');
  const total = placed.order.total.amount;
  const amounts = person.random.pick([[total + 700], [Math.ceil(total / 3)], [total, total], [500, total]]);
  for (const amount of amounts) await recordTransfer(person, placed, amount);
}

async function refunded(person: Person): Promise<void> {
  const placed = await buy(person, person.random.chance(0.7) ? 'elements' : 'hosted');
  const order = await person.until(placed, isPaid);
  if (!isPaid(order)) return;
  const total = order.total.amount;
  const parts = person.random.pick([
    [undefined],
    [partOf(person, total)],
    [100, 100],
    [partOf(person, total), undefined],
  ]);
  for (const part of parts) await refund(person, placed, part);
}

async function refundedTwice(person: Person): Promise<void> {
  const placed = await buy(person, 'elements');
  const order = await person.until(placed, isPaid);
  if (!isPaid(order)) return;
  const most = Math.ceil(order.total.amount * 0.7);
  await Promise.all([refund(person, placed, most), refund(person, placed, most), refund(person, placed)]);
}

async function refundedAtStripe(person: Person): Promise<void> {
  const placed = await buy(person, 'elements');
  const order = await person.until(placed, isPaid);
  const reference = order.payments.find(({ status }) => status === 'succeeded')?.reference;
  if (!reference) return;
  await refundAtStripe(person, reference, person.random.chance(0.5) ? undefined : 100);
  if (person.random.chance(0.5)) await refund(person, placed, 100);
}

async function slowRefund(person: Person): Promise<void> {
  const card = person.random.chance(0.5) ? cards.refundPending : cards.refundFails;
  const placed = await buy(person, 'elements', card);
  if (isPaid(await person.until(placed, isPaid))) await refund(person, placed);
}

async function disputes(person: Person): Promise<void> {
  const card = person.random.chance(0.7) ? cards.disputed : cards.inquired;
  const placed = await buy(person, 'elements', card);
  const order = await person.until(placed, (seen) => seen.disputes.length > 0);
  if (person.random.chance(0.5)) await refund(person, placed, 100);
  const reference = order.payments.find(({ received }) => received.amount > 0)?.reference;
  if (reference) await answerDispute(person, reference, person.random.chance(0.5) ? 'winning' : 'losing');
}
