import { type ExperimentKind, type LabFault, labFaults } from '@paydesk/contract/admin/lab';

/** How an order has to end: paid once, ended without money, or still to be paid. */
export type Ending = 'paid' | 'canceled' | 'expired' | 'open';

export type Experiment = {
  title: string;
  happens: string;
  lesson: string;
  /** About how long it takes until all is well again. */
  seconds: number;
  ending: Ending;
};

export const experiments: Record<ExperimentKind, Experiment> = {
  drop_webhook: {
    title: 'Lose the webhook',
    happens: 'A customer pays, and Stripe’s word of it never arrives, nor do its repetitions.',
    lesson:
      'The shop fetches Stripe’s list of events every 30 seconds and keeps what it lacks under the same id. So the order is paid without a webhook, and a webhook that comes later changes nothing.',
    seconds: 35,
    ending: 'paid',
  },
  delay_webhook: {
    title: 'Delay the webhook',
    happens: 'A customer pays, and Stripe’s word of it comes eight seconds late.',
    lesson:
      'The customer’s page says that the payment is being confirmed and offers no second one. Only Stripe’s signed word makes an order paid, however late it is.',
    seconds: 8,
    ending: 'paid',
  },
  duplicate_webhook: {
    title: 'Deliver the webhook twice',
    happens: 'A customer pays, and Stripe’s word of it comes twice at the same moment.',
    lesson:
      'An event is kept once, under Stripe’s id, in the same transaction that applies it. The second one finds it there and does nothing.',
    seconds: 2,
    ending: 'paid',
  },
  reorder_webhooks: {
    title: 'Deliver webhooks in the wrong order',
    happens: 'The word that the payment succeeded is held back until a later event was delivered.',
    lesson:
      'What an event means is decided by tables of states and facts, never by the order in which events come. Nothing that is final is undone by something that comes late.',
    seconds: 4,
    ending: 'paid',
  },
  timeout_before: {
    title: 'Stripe does not answer, and did nothing',
    happens:
      'The shop asks Stripe for a payment. Stripe stays silent until the shop gives up, and has made none.',
    lesson:
      'The attempt was stored with a key of its own before Stripe was asked. The shop asks again under that key: where nothing was made, it is made now.',
    seconds: 17,
    ending: 'paid',
  },
  timeout_after: {
    title: 'Stripe does not answer, but did it',
    happens: 'The shop asks Stripe for a payment. Stripe makes it, and its answer is lost.',
    lesson:
      'The shop asks again under the same key, and Stripe answers with the payment that it has made already. There is one payment, and so one charge.',
    seconds: 17,
    ending: 'paid',
  },
  error_500: {
    title: 'Stripe answers 500',
    happens: 'Stripe fails while it makes the payment, and answers 500.',
    lesson:
      'Stripe keeps a 500 under its key, so asking again brings it again. The shop looks in Stripe’s list whether anything was made, ends that attempt, and makes a new one under a new key.',
    seconds: 3,
    ending: 'paid',
  },
  rate_limit: {
    title: 'Stripe answers 429',
    happens: 'Stripe is asked too often and refuses the call.',
    lesson:
      'Nothing happened, and the shop says so: the page asks again under the same key. An order and an attempt are made once, however often they are asked for.',
    seconds: 2,
    ending: 'paid',
  },
  page_expires: {
    title: 'Stripe’s clock runs ahead, and its page ends',
    happens:
      'A customer opens Stripe’s page and does not pay. Stripe’s clock is moved on by two hours, so the page ends; webhooks with a wrong time are refused.',
    lesson:
      'The shop refuses what was not signed just now, and fetches the same event from Stripe’s list with its own key. The attempt ends, nothing was taken, and the order can still be paid.',
    seconds: 35,
    ending: 'open',
  },
  pay_after_cancel: {
    title: 'Pay after the order was cancelled',
    happens:
      'An order is cancelled in one tab, and then Pay is pressed in another one, whose card form is still open.',
    lesson:
      'The shop ends the payment at Stripe first, and gives the stock back only on Stripe’s word that nothing can be paid any more. Stripe refuses the card, and nothing is taken.',
    seconds: 2,
    ending: 'canceled',
  },
  pay_after_expiry: {
    title: 'Pay after the order has expired',
    happens:
      'The time of an order runs out while its card form is still open, and then Pay is pressed. The lab does not wait so long: it ends the time at once.',
    lesson:
      'When its time is over the shop ends the payment at Stripe first, and gives the stock back only on Stripe’s word. Pressed too late, Pay is refused and takes nothing; pressed just before, the order would be paid instead of expired.',
    seconds: 2,
    ending: 'expired',
  },
  cancel_after_pay: {
    title: 'Cancel an order that was just paid',
    happens:
      'A customer pays, the webhook is lost, and in another tab, where the order still looks unpaid, it is cancelled.',
    lesson:
      'Before it ends an order, the shop asks Stripe to end the payment. Stripe says that the money was taken, so the order is not cancelled but becomes paid.',
    seconds: 35,
    ending: 'paid',
  },
  two_tabs: {
    title: 'Pay in two tabs',
    happens: 'The same order is open in two tabs, and Pay is pressed in both at once.',
    lesson:
      'An order has one attempt that can take money, held by a unique index. Both tabs get the same payment of Stripe, and a payment is taken once.',
    seconds: 2,
    ending: 'paid',
  },
};

export function isFault(kind: ExperimentKind): kind is LabFault {
  return (labFaults as readonly string[]).includes(kind);
}
