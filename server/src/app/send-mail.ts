import { findDisputes } from '../db/disputes.ts';
import { findLines, findOrder, type OrderRow } from '../db/orders.ts';
import type { EffectKind, OutboxRow } from '../db/outbox.ts';
import { findPayments } from '../db/payments.ts';
import { findRefunds } from '../db/refunds.ts';
import { isPaidLike, isPayable } from '../domain/order.ts';
import { MailRefused } from './errors.ts';
import { attachmentsOf } from './mail-attachments.ts';
import { orderLink } from './order-links.ts';
import type { Performed } from './perform-effect.ts';
import type { App, Letter, LetterSubject, Mail } from './ports.ts';
import { fulfilmentsOf, presentOrder } from './present-order.ts';

const shortestWait = 1_000;
/** With this longest wait the last of all tries comes about a day and a half after the first, in milliseconds. */
const longestWait = 6 * 3_600_000;
const mostTries = 20;
/** A payment that is being processed may take days; whether it failed after all is looked at this often, in milliseconds. */
const processingWait = 3_600_000;

type Presented = Letter['order'];
type Wanted = { send: LetterSubject; order: Presented; to: string };
type Verdict = { send: LetterSubject } | { unneeded: string } | { waitFor: number };

/**
 * Sends one e-mail, if it is still wanted. It may be sent twice, under the same id, when the mail server took it and its
 * answer was lost; it is never lost. Where it cannot be sent in {@link mostTries} tries, a person has to see to it.
 */
export async function sendMail(app: App, effect: OutboxRow): Promise<Performed> {
  try {
    const verdict = await judgeMail(app, effect);
    if ('unneeded' in verdict) return { state: 'done', unneeded: verdict.unneeded };
    if ('waitFor' in verdict) return { state: 'again', at: app.clock.now() + verdict.waitFor, error: null };
    await app.mailer.send(await compose(app, effect, verdict));
    app.log.info({ orderId: effect.order_id, effect: effect.kind }, 'an e-mail was sent');
    return { state: 'done' };
  } catch (error) {
    return failed(app, effect, error);
  }
}

function failed(app: App, effect: OutboxRow, error: unknown): Performed {
  const { message, code } = error as Error & { code?: string };
  // The server's own words may hold the customer's address, so they stay on the row and out of the log.
  const fields = { orderId: effect.order_id, effect: effect.kind, attempts: effect.attempts, code };
  if (error instanceof MailRefused || effect.attempts >= mostTries) {
    app.log.error(fields, 'an e-mail cannot be sent');
    return { state: 'dead', error: message };
  }
  app.log.warn(fields, 'an e-mail could not be sent and will be tried again');
  const delay = Math.min(shortestWait * 2 ** (effect.attempts - 1), longestWait);
  return { state: 'again', at: app.clock.now() + delay, error: message };
}

/** Whether a mail is still true of its order, and then to whom it goes and what about. */
export async function judgeMail(
  app: App,
  effect: Pick<OutboxRow, 'kind' | 'order_id' | 'subject_id'>,
): Promise<Wanted | Exclude<Verdict, { send: LetterSubject }>> {
  const row = await findOrder(app.database.read, effect.order_id);
  if (!row) return { unneeded: 'the order does not exist' };
  const to = effect.kind === 'mail.disputed' ? app.shop.operatorEmail : row.email;
  if (to === null) return { unneeded: 'no address of the operators is set' };
  // Most mails about a new order turn out to be unneeded, and its row alone says so.
  const early = ofOrder(effect.kind as EffectKind, row);
  if (early && !('send' in early)) return early;
  const order = await present(app, row);
  const verdict = early ?? ofSubject(effect, order);
  return 'send' in verdict ? { ...verdict, order, to } : verdict;
}

/** Whether a mail about the order as a whole is still wanted; null for a mail about a part of it. */
function ofOrder(kind: EffectKind, order: OrderRow): Verdict | null {
  const isOver = !isPayable(order.status) && order.status !== 'processing';
  switch (kind) {
    case 'mail.placed':
      if (isPaidLike(order.status)) return { unneeded: 'the order is paid' };
      return isOver ? { unneeded: `the order is ${order.status}` } : { send: { about: 'placed' } };
    case 'mail.payment_failed':
      if (order.status === 'processing') return { waitFor: processingWait };
      return order.status === 'failed' && order.closing === null
        ? { send: { about: 'payment_failed' } }
        : { unneeded: `the order is ${order.status}` };
    case 'mail.paid':
      return { send: { about: 'paid' } };
    case 'mail.shipped':
      return order.fulfilment === 'fulfilled'
        ? { send: { about: 'shipped' } }
        : { unneeded: 'nothing was sent' };
    default:
      return null;
  }
}

function ofSubject(effect: Pick<OutboxRow, 'kind' | 'subject_id'>, order: Presented): Verdict {
  const { refunds, payments, disputes } = order;
  const id = effect.subject_id;
  switch (effect.kind as EffectKind) {
    case 'mail.refunded':
      return ofRefund(
        refunds.find((refund) => refund.id === id),
        'refunded',
        'succeeded',
      );
    case 'mail.refund_failed':
      return ofRefund(
        refunds.find((refund) => refund.id === id),
        'refund_failed',
        'failed',
      );
    case 'mail.transfer': {
      const payment = payments.find((each) => each.id === id) ?? payments.findLast(isAwaited);
      return payment && isAwaited(payment)
        ? { send: { about: 'transfer', payment } }
        : { unneeded: 'no transfer is awaited any more' };
    }
    case 'mail.disputed': {
      const dispute = disputes.find((each) => each.id === id);
      return dispute ? { send: { about: 'disputed', dispute } } : { unneeded: 'the dispute does not exist' };
    }
    default:
      return { unneeded: `nobody is told about ${effect.kind}` };
  }
}

function ofRefund(
  refund: Presented['refunds'][number] | undefined,
  about: 'refunded' | 'refund_failed',
  status: 'succeeded' | 'failed',
): Verdict {
  if (refund?.status === status) return { send: { about, refund } };
  return { unneeded: refund ? `the refund is ${refund.status}` : 'the refund does not exist' };
}

function isAwaited(payment: Presented['payments'][number]): boolean {
  return payment.flow === 'transfer' && payment.instructions !== null;
}

/** The order with all that a mail may say of it; the timeline is not needed. */
async function present(app: App, order: OrderRow): Promise<Presented> {
  const { read } = app.database;
  const [lines, payments, refunds, disputes, fulfilments] = await Promise.all([
    findLines(read, order.id),
    findPayments(read, order.id),
    findRefunds(read, order.id),
    findDisputes(read, order.id),
    fulfilmentsOf(read, order),
  ]);
  const parts = { lines, payments, refunds, disputes, fulfilments };
  return presentOrder(app, { order, ...parts, events: [], mails: [] });
}

async function compose(app: App, effect: OutboxRow, { order, to, send }: Wanted): Promise<Mail> {
  const { name, frontendUrl, seller } = app.shop;
  const letter: Letter = {
    ...send,
    order,
    // Counted from when the mail was decided on, so that a repeated mail has the same link.
    link: orderLink(app, order.id, effect.created_at),
    shop: { name, url: frontendUrl, seller },
  };
  return {
    id: effect.dedupe_key,
    orderId: order.id,
    to,
    ...app.composeMail(letter),
    attachments: await attachmentsOf(app, letter),
  };
}
