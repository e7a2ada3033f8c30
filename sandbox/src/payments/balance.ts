/**
 * The account's balance (docs.stripe.com/api/balance): the sum of its balance transactions, which are pending until
 * their day comes.
 */
import type { Balance, BalanceTransaction } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { emit } from '../webhooks/events.ts';
import { runTurn, save, type Turn, type World } from '../world.ts';

export interface Movement {
  /** Minor units; negative when money leaves the account. */
  amount: number;
  currency: string;
  /** Minor units, positive when Stripe takes it. */
  fee: number;
  feeDescription?: string;
  type: BalanceTransaction['type'];
  reportingCategory: string;
  /** The charge, refund or dispute. */
  source: string;
  description: string | null;
  /** Epoch seconds. */
  availableOn: number;
}

/** Moves money on the account, from now on or from the movement's day on. */
export function moveMoney(turn: Turn, id: string, movement: Movement): BalanceTransaction {
  const { amount, currency, fee, feeDescription } = movement;
  const transaction: BalanceTransaction = {
    id,
    object: 'balance_transaction',
    amount,
    available_on: movement.availableOn,
    balance_type: 'payments',
    created: turn.now,
    currency,
    description: movement.description,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency,
              description: feeDescription ?? null,
              type: 'stripe_fee',
            },
          ],
    net: amount - fee,
    reporting_category: movement.reportingCategory,
    source: movement.source,
    status: movement.availableOn <= turn.now ? 'available' : 'pending',
    type: movement.type,
  };
  save(turn, turn.world.store.balance_transactions, transaction, 'created');
  if (transaction.status === 'pending') makeAvailableLater(turn.world, transaction);
  return transaction;
}

/** Every currency is in both lists, with 0 where there is none of it. Source: the recorded answers of test accounts. */
export function balanceOf(store: Store): Balance {
  const available = new Map<string, number>();
  const pending = new Map<string, number>();
  for (const { currency, net, status } of store.balance_transactions.oldestFirst()) {
    const isAvailable = status === 'available';
    available.set(currency, (available.get(currency) ?? 0) + (isAvailable ? net : 0));
    pending.set(currency, (pending.get(currency) ?? 0) + (isAvailable ? 0 : net));
  }
  if (available.size === 0) available.set('usd', 0);
  const currencies = [...available.keys()];
  const nothing = currencies.map((currency) => ({ amount: 0, currency }));
  return {
    object: 'balance',
    available: currencies.map((currency) => share(currency, available.get(currency) ?? 0)),
    livemode: false,
    pending: currencies.map((currency) => share(currency, pending.get(currency) ?? 0)),
    refund_and_dispute_prefunding: { available: nothing, pending: nothing },
  };
}

/** Takes up what a restart interrupted. */
export function resumeAvailability(world: World): void {
  for (const transaction of world.store.balance_transactions.oldestFirst()) {
    if (transaction.status === 'pending') makeAvailableLater(world, transaction);
  }
}

/** Stripe sorts what came from SEPA debits under `card` too (not verified). */
function share(currency: string, amount: number): Balance['available'][number] {
  return { amount, currency, source_types: { card: amount } };
}

/** What becomes available in the same second does so together, with one alarm and one event. */
const alarms = new WeakMap<World, Map<number, BalanceTransaction[]>>();

function makeAvailableLater(world: World, transaction: BalanceTransaction): void {
  const moments = alarms.get(world) ?? new Map<number, BalanceTransaction[]>();
  alarms.set(world, moments);
  const moment = transaction.available_on;
  const known = moments.get(moment);
  if (known !== undefined) {
    known.push(transaction);
    return;
  }
  const transactions = [transaction];
  moments.set(moment, transactions);
  world.clock.at(moment * 1000, () => {
    moments.delete(moment);
    runTurn(world, 'timer', (turn) => makeAvailable(turn, transactions));
  });
}

function makeAvailable(turn: Turn, transactions: readonly BalanceTransaction[]): void {
  const { store } = turn.world;
  for (const transaction of transactions) {
    transaction.status = 'available';
    save(turn, store.balance_transactions, transaction, 'updated');
    const dispute = store.disputes.get(transaction.source ?? '');
    if (dispute === undefined) continue;
    // A dispute shows its balance transactions whole, so it has copies of them.
    dispute.balance_transactions = dispute.balance_transactions.map((shown) =>
      shown.id === transaction.id ? transaction : shown,
    );
    store.disputes.put(dispute);
  }
  // Stripe tells of money that came, not of money that went.
  if (transactions.some(({ net }) => net > 0)) emit(turn, 'balance.available', balanceOf(store));
}
