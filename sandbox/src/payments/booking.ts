/** The balance transaction of a charge: Stripe makes it about two seconds after the charge succeeded. */
import { stripeFee } from '../money.ts';
import type { Charge } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { runTurn, save, type Turn, type World } from '../world.ts';
import { moveMoney } from './balance.ts';
import { disputeLater } from './dispute.ts';
import { fundsAvailableOn } from './funds.ts';

/** Books the charge within the call, as `capture_method: automatic` and captures by hand do. */
export function bookCharge(turn: Turn, charge: Charge): void {
  book(turn, charge);
  disputeLater(turn.world, charge);
}

/** Plans the booking of an asynchronously captured charge, which `charge.updated` then tells of. */
export function bookLater(world: World, charge: Charge): void {
  disputeLater(world, charge);
  planBooking(world, charge);
}

/** Takes up the bookings that a restart interrupted. */
export function resumeBookings(world: World): void {
  for (const charge of world.store.charges.oldestFirst()) {
    const isUnbooked = charge.balance_transaction === null && charge.captured;
    if (charge.status === 'succeeded' && isUnbooked) planBooking(world, charge);
  }
}

function planBooking(world: World, charge: Charge): void {
  const due = Math.max(charge.created * 1000, world.clock.now()) + world.settings.charge_updated_delay_ms;
  world.clock.at(due, () => {
    runTurn(world, 'timer', (turn) => {
      if (charge.balance_transaction !== null) return;
      book(turn, charge);
      save(turn, world.store.charges, charge, 'updated');
      emit(turn, 'charge.updated', charge, { balance_transaction: null });
    });
  });
}

function book(turn: Turn, charge: Charge): void {
  const transaction = moveMoney(turn, turn.world.ids.sibling('txn', charge.id), {
    amount: charge.amount_captured,
    currency: charge.currency,
    fee: stripeFee(charge.amount_captured),
    feeDescription: 'Stripe processing fees',
    type: 'charge',
    reportingCategory: 'charge',
    source: charge.id,
    description: charge.description,
    availableOn: fundsAvailableOn(turn, charge),
  });
  charge.balance_transaction = transaction.id;
}
