import type { OrderEvent, OrderRow } from '../db/orders.ts';

/**
 * `cancel`: by the customer. `withdraw`: by an operator, who alone may end an order that is under review. `expire`: by the
 * clock, when its time is over.
 */
export type CloseReason = NonNullable<OrderRow['closing']>;

type Closed = { reason: CloseReason; words: string | undefined; by: string | undefined; refunds: boolean };

/** What the end of an order says on its timeline, for the customer's eyes too. */
export function closedEvent({ reason, words, by, refunds }: Closed, at: number): OrderEvent {
  const money = refunds ? 'What was paid goes back' : 'Nothing was charged';
  const rest = `${money}, and the items are no longer reserved.`;
  switch (reason) {
    case 'cancel':
      return { at, type: 'order.canceled', message: `Order cancelled. ${rest}`, actor: 'customer' };
    case 'withdraw': {
      const because =
        words === undefined ? 'The shop cancelled the order.' : `The shop cancelled the order: ${words}`;
      return { at, type: 'order.canceled', message: `${sentence(because)} ${rest}`, actor: 'operator', by };
    }
    case 'expire': {
      const late = refunds ? 'The order was not paid in full in time.' : 'The order was not paid in time.';
      return { at, type: 'order.expired', message: `${late} ${rest}`, actor: 'clock' };
    }
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
