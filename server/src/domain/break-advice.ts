import type { BreakKind } from './settlement.ts';

/** What a break says to a person: what does not agree, and what to do about it. The operating manual has the same table. */
export type Advice = { title: string; do: string };

export const breakAdvice: Record<BreakKind, Advice> = {
  payment_amount_differs: {
    title: 'Another amount arrived than was asked for',
    do: 'The order is under review: refund the payment, or ask for the rest; then close the break.',
  },
  payment_currency_differs: {
    title: 'Money arrived in another currency than was asked for',
    do: 'The order is under review: refund the payment, and ask for it anew; then close the break.',
  },
  payment_mode_differs: {
    title: 'A payment is of the wrong mode, test or live',
    do: 'Look whose keys and which webhook endpoint the shop has; refund what is real; then close the break.',
  },
  paid_twice: {
    title: 'An order was paid a second time',
    do: 'Nothing: the money goes back by itself, and the break closes when the refund has succeeded.',
  },
  paid_too_much: {
    title: 'More arrived than was due',
    do: 'Nothing: what was too much goes back by itself, and the break closes when the refund has succeeded.',
  },
  paid_without_stock: {
    title: 'Money arrived after the order had ended and its stock was gone',
    do: 'Nothing: the money goes back by itself, and the break closes when the refund has succeeded.',
  },
  payment_not_found: {
    title: 'An event names something that this database does not have',
    do: 'Was an old backup restored? Compare with Stripe for the last 30 days; then replay the event, or give it up with a reason.',
  },
  refund_failed: {
    title: 'A refund did not go through',
    do: 'Send the money another way, or refund again; then close the break.',
  },
  refund_not_found: {
    title: 'The provider does not have a refund of ours, or nobody knew its outcome for a day',
    do: 'Look at the payment at the provider. If the money did not go back, refund it there; then close the break.',
  },
  refund_differs: {
    title: 'Another amount was refunded than we had, or could have had',
    do: 'Compare both amounts, correct the order’s refunds, and close the break.',
  },
  dispute_not_found: {
    title: 'A dispute is on one side only, or about money of no order',
    do: 'Look at the payment at the provider; check that the keys are those of the right account.',
  },
  charge_not_booked: {
    title: 'The provider took money in this shop’s name and no order has it',
    do: 'Reconcile with --repair. If it stays, the database does not know the order (an old backup?): refund the payment at the provider, or restore the order.',
  },
  charge_not_at_provider: {
    title: 'The books say paid, and the provider took nothing',
    do: 'Do not ship. The provider never took the money: look for a change made by hand, or for keys of another account.',
  },
  charge_differs: {
    title: 'Another amount was booked than the provider took',
    do: 'Compare the payment at the provider with the order, and refund or ask for the difference.',
  },
  refund_not_booked: {
    title: 'A refund made at the provider is not in our books',
    do: 'Reconcile with --repair. If it stays, the refund is of money that belongs to no order here.',
  },
  refund_status_differs: {
    title: 'A refund went on at the provider, and we did not hear of it',
    do: 'Reconcile with --repair. If it stays, the provider changed a refund that was over here.',
  },
  dispute_not_booked: {
    title: 'A dispute at the provider is not in our books',
    do: 'Reconcile with --repair. Answer the dispute at the provider before its evidence is due.',
  },
  dispute_differs: {
    title: 'A dispute went on at the provider, and we did not hear of it',
    do: 'Reconcile with --repair.',
  },
  balance_differs: {
    title: 'The provider moved another amount than we booked, or for something that the books do not know',
    do: 'Look at the transaction at the provider; reconcile with --repair for what was missed; then close the break.',
  },
  effect_gave_up: {
    title: 'Something that was to be done was given up, such as a mail',
    do: 'Look in the outbox why; mend that and retry it, or give it up with a reason. Both close the break.',
  },
  webhooks_missing: {
    title: 'Webhooks come late or not at all',
    do: 'They are fetched, so nothing is lost. In Stripe, look at the endpoint’s address, its signing secret and its list of events; the break closes once deliveries are seen.',
  },
  event_missing: {
    title: 'A payment moved at the provider, and no event said so',
    do: 'Look at the payment at the provider; then close the break. Several of them: ask Stripe.',
  },
};

/** A kind of an older or newer version has no advice of its own. */
export function adviceOn(kind: string): Advice {
  return (
    breakAdvice[kind as BreakKind] ?? {
      title: kind.replaceAll('_', ' '),
      do: 'Find out why, and close the break.',
    }
  );
}
