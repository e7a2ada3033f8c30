import type { PaymentRow } from '../../../server/src/db/payments.ts';
import type { Random } from '../../random.ts';
import { dispute, refund, refundArrives, refundFails } from './after-sale.ts';
import { cancelAttempt, decline, process, startAttempt, succeed, succeedWrongly } from './payments.ts';
import type { Way } from './stage.ts';
import { closeOrder, day, hour, later, minute, type Story, second, ship } from './story.ts';

type Plot = { weight: number; play: (story: Story) => void };

const reasons = ['A handle broke.', 'It came too late.', 'The colour was another one.', 'One was missing.'];
const codes = ['insufficient_funds', 'card_declined', 'expired_card', 'incorrect_cvc', 'do_not_honor'];

function anyWay(random: Random): Way {
  return { provider: 'stripe', flow: random.chance(0.7) ? 'elements' : 'hosted' };
}

/** Pays by card within minutes; some are declined first, and try again. */
function pay(story: Story, declines = 0): PaymentRow {
  const { random } = story.stage;
  later(story, random.whole(5, 90) * second);
  const payment = startAttempt(story, anyWay(random));
  for (let each = 0; each < declines; each += 1) {
    later(story, random.whole(20, 120) * second);
    decline(story, payment, random.pick(codes));
  }
  later(story, random.whole(15, 240) * second);
  succeed(story, payment);
  return payment;
}

/** Pays by bank transfer: days pass before it comes. */
function transfer(story: Story, amount = story.order.total - story.order.received): PaymentRow | null {
  const { random } = story.stage;
  later(story, minute);
  const payment = startAttempt(story, { provider: 'bank-transfer', flow: 'transfer' }, amount);
  if (!later(story, random.whole(20, 100) * hour)) return null;
  succeed(story, payment);
  return payment;
}

/** The parcel leaves within days; what is newer has not left yet. */
function send(story: Story): boolean {
  if (!later(story, story.stage.random.whole(8, 72) * hour)) return false;
  ship(story);
  return true;
}

function giveBack(story: Story, payment: PaymentRow, amount: number): void {
  const { random } = story.stage;
  if (!later(story, random.whole(2, 15) * day)) return;
  const row = refund(story, payment, amount, random.pick(reasons));
  later(story, 2 * second);
  refundArrives(story, payment, row);
}

function isDisputed(story: Story, end: Parameters<typeof dispute>[2]): void {
  const payment = pay(story);
  if (!send(story) || !later(story, story.stage.random.whole(3, 25) * day)) return;
  // No bank takes longer to decide.
  const isOld = story.at < story.stage.options.until - 14 * day;
  dispute(story, payment, end === null && isOld ? 'lost' : end);
}

/** Nobody pays, with or without having begun to; its time ends it. */
function expires(story: Story): void {
  const { random, options } = story.stage;
  if (random.chance(0.6)) {
    later(story, minute);
    const payment = startAttempt(story, anyWay(random));
    if (random.chance(0.4)) decline(story, payment, random.pick(codes));
    later(story, options.shop.holdFor);
    cancelAttempt(story, payment);
  } else later(story, options.shop.holdFor);
  closeOrder(story, 'expire');
}

/** What becomes of orders in the long run, by how many of a thousand. */
const longAgo: readonly Plot[] = [
  { weight: 790, play: paysAndGets },
  { weight: 60, play: paysAtLast },
  { weight: 18, play: transferred },
  { weight: 5, play: inParts },
  { weight: 22, play: refundedWhole },
  { weight: 28, play: refundedInPart },
  { weight: 52, play: expires },
  { weight: 15, play: canceled },
  { weight: 2, play: (story) => isDisputed(story, null) },
  { weight: 1.2, play: (story) => isDisputed(story, 'won') },
  { weight: 1.6, play: (story) => isDisputed(story, 'lost') },
  { weight: 0.6, play: (story) => isDisputed(story, 'warning_closed') },
  { weight: 0.4, play: refundLost },
];

function paysAndGets(story: Story): void {
  pay(story);
  send(story);
}

/** After one or two cards that were declined. */
function paysAtLast(story: Story): void {
  pay(story, story.stage.random.whole(1, 2));
  send(story);
}

function transferred(story: Story): void {
  if (transfer(story)) send(story);
}

function inParts(story: Story): void {
  const { order, stage } = story;
  const deposit = Math.floor(order.total / 2);
  later(story, minute);
  const first = startAttempt(story, anyWay(stage.random), deposit);
  later(story, minute);
  succeed(story, first);
  if (transfer(story, order.total - deposit)) send(story);
}

function refundedWhole(story: Story): void {
  const payment = pay(story);
  if (story.stage.random.chance(0.5)) send(story);
  giveBack(story, payment, payment.received);
}

function refundedInPart(story: Story): void {
  const payment = pay(story);
  send(story);
  giveBack(story, payment, Math.max(1, Math.round(payment.received * story.stage.random.next() * 0.8)));
}

function canceled(story: Story): void {
  later(story, story.stage.random.whole(1, 40) * minute);
  closeOrder(story, 'cancel');
}

function refundLost(story: Story): void {
  const payment = pay(story);
  send(story);
  if (!later(story, story.stage.random.whole(2, 15) * day)) return;
  const row = refund(story, payment, payment.received, 'It came too late.');
  later(story, hour);
  refundFails(story, payment, row);
}

/** What is under way just now, one after the other, so that the smallest shop has each. */
const justNow: readonly ((story: Story) => void)[] = [
  () => {},
  (story) => {
    later(story, minute);
    const payment = startAttempt(story, { provider: 'stripe', flow: 'elements' });
    decline(story, payment);
    // For good, so that nobody asks the provider about it: it has never heard of it.
    payment.closed_at = story.at;
  },
  (story) => {
    later(story, minute);
    process(story, startAttempt(story, { provider: 'stripe', flow: 'elements' }));
  },
  (story) => {
    later(story, minute);
    startAttempt(story, { provider: 'bank-transfer', flow: 'transfer' });
  },
  (story) => {
    later(story, minute);
    const payment = startAttempt(
      story,
      { provider: 'stripe', flow: 'elements' },
      Math.floor(story.order.total / 2),
    );
    later(story, minute);
    succeed(story, payment);
  },
  (story) => {
    later(story, minute);
    const payment = startAttempt(story, { provider: 'stripe', flow: 'elements' });
    later(story, minute);
    succeedWrongly(story, payment, payment.amount - 1);
  },
  (story) => void pay(story),
];

/** Lets happen to an order what happens to orders; `recent` counts those of the last hour. */
export function play(story: Story, recent: number | null): void {
  if (recent === null) story.stage.random.weighted(longAgo).play(story);
  else justNow[recent % justNow.length]!(story);
}
