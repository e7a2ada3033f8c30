/** The balance transaction of a charge: Stripe makes it about two seconds after the charge succeeded. */
import { cardWithNumber } from '../cards.ts';
import { stripeFee } from '../money.ts';
import type { BalanceTransaction, Charge } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { runTurn, save, type Turn, type World } from '../world.ts';

/** Funds of card payments become available after two days. */
const PENDING_SECONDS = 2 * 24 * 3600;

/** Books the charge within the call, as `capture_method: automatic` and captures by hand do. */
export function bookCharge(turn: Turn, charge: Charge): void {
  const { store, ids } = turn.world;
  const fee = stripeFee(charge.amount_captured);
  const secret = store.payment_method_secrets.get(charge.payment_method!);
  const isAvailable = cardWithNumber(secret?.number ?? '')?.bypassesPending ?? false;
  const transaction: BalanceTransaction = {
    id: ids.sibling('txn', charge.id),
    object: 'balance_transaction',
    amount: charge.amount_captured,
    available_on: isAvailable ? turn.now : turn.now + PENDING_SECONDS,
    balance_type: 'payments',
    created: turn.now,
    currency: charge.currency,
    description: charge.description,
    exchange_rate: null,
    fee,
    fee_details: [
      {
        amount: fee,
        application: null,
        currency: charge.currency,
        description: 'Stripe processing fees',
        type: 'stripe_fee',
      },
    ],
    net: charge.amount_captured - fee,
    reporting_category: 'charge',
    source: charge.id,
    status: isAvailable ? 'available' : 'pending',
    type: 'charge',
  };
  save(turn, store.balance_transactions, transaction, 'created');
  charge.balance_transaction = transaction.id;
}

/** Plans the booking of an asynchronously captured charge, which `charge.updated` then tells of. */
export function bookLater(world: World, charge: Charge): void {
  const due = Math.max(charge.created * 1000, world.clock.now()) + world.settings.charge_updated_delay_ms;
  world.clock.at(due, () => {
    runTurn(world, 'timer', (turn) => {
      if (charge.balance_transaction !== null) return;
      bookCharge(turn, charge);
      save(turn, world.store.charges, charge, 'updated');
      emit(turn, 'charge.updated', charge, { balance_transaction: null });
    });
  });
}

/** Takes up the bookings that a restart interrupted. */
export function resumeBookings(world: World): void {
  for (const charge of world.store.charges.oldestFirst()) {
    const isUnbooked = charge.balance_transaction === null && charge.captured;
    if (charge.status === 'succeeded' && isUnbooked) bookLater(world, charge);
  }
}
