import type { OrderMail } from '@paydesk/contract/admin/desk';
import { findResends, insertResend, type ResendRow } from '../../db/desk.ts';
import { changeOrder, lockOrder, type OrderRow } from '../../db/orders.ts';
import { type EffectKind, findEffects, insertEffect, type OutboxRow } from '../../db/outbox.ts';
import type { Tx } from '../../db/schema.ts';
import { AppError } from '../errors.ts';
import { claim, finish, type RequestKey, requestKey } from '../idempotency.ts';
import type { App } from '../ports.ts';
import { mailSubject } from '../present-timeline.ts';
import { judgeMail } from '../send-mail.ts';
import { presentOrderMail } from './present-mails.ts';

/** How often one mail is sent again within `resendTime`: enough for a typing error, too little to be a nuisance. */
const mostResends = 5;
/** In milliseconds: a day. */
const resendTime = 24 * 3_600_000;

export type ResendMail = {
  order: OrderRow;
  /** The name of the mail as it was first sent: `mail.paid:ord_…`. */
  mail: string;
  by: string;
  key?: string | undefined;
};

/**
 * Sends an e-mail once more that was sent or given up, as a mail of its own, so that no mail program takes it for the old
 * one. It says what is true of the order now.
 *
 * @throws AppError mail_not_found, mail_not_sent, mail_outdated, mail_sent_enough, idempotency_key_reused
 */
export async function resendMail(app: App, request: ResendMail): Promise<OrderMail> {
  const { order, mail, by } = request;
  const [original] = await findEffects(app.database.read, [mail]);
  if (!original || original.order_id !== order.id) throw new AppError('mail_not_found');
  if (!isOver(original)) throw new AppError('mail_not_sent');
  const judged = await judgeMail(app, original);
  if (!('send' in judged)) throw new AppError('mail_outdated');
  const key = requestKey(`resend:${order.id}`, request.key, { mail });
  const name = await app.database.transaction((tx) => writeDown(app, tx, { original, by, key }));
  app.live.changed(order.id);
  app.log.info({ orderId: order.id, effect: original.kind, by }, 'an e-mail is sent again');
  const [effect] = await findEffects(app.database.read, [name]);
  return presentOrderMail(effect!, { to: judged.to, resentBy: by });
}

async function writeDown(
  app: App,
  tx: Tx,
  { original, by, key }: { original: OutboxRow; by: string; key: RequestKey | null },
): Promise<string> {
  const order = await lockOrder(tx, original.order_id);
  if (!order) throw new AppError('order_not_found');
  const now = app.clock.now();
  const claimed = key ? await claim(tx, key, now) : null;
  if (claimed?.state === 'done') return claimed.reply;
  const before = (await findResends(tx, order.id)).filter((each) => each.original === original.dedupe_key);
  await refuseMore(tx, before, now);
  // The first one has no number.
  const mail = `${original.dedupe_key}:${before.length + 2}`;
  const { kind, order_id: orderId, subject_id: subjectId } = original;
  await insertEffect(tx, { kind: kind as EffectKind, orderId, subjectId, notBefore: now, now }, mail);
  await insertResend(tx, { mail, original: original.dedupe_key, order_id: orderId, at: now, asked_by: by });
  const message = `The e-mail ${mailSubject(original)} is sent once more.`;
  await changeOrder(tx, order, {}, { at: now, type: 'mail.resent', message, actor: 'operator', by });
  if (key) await finish(tx, key, 202, mail);
  return mail;
}

async function refuseMore(tx: Tx, before: readonly ResendRow[], now: number): Promise<void> {
  const last = before.at(-1);
  const [waiting] = last ? await findEffects(tx, [last.mail]) : [];
  // One that was no longer true when its turn came stands in nobody's way.
  if (waiting && waiting.done_at === null && waiting.dead_at === null) throw new AppError('mail_not_sent');
  const lately = before.filter(({ at }) => at > now - resendTime);
  if (lately.length >= mostResends) throw new AppError('mail_sent_enough');
}

/** It was sent, or nobody tries any more. One that was not needed never was sent. */
function isOver({ done_at, dead_at, last_error }: OutboxRow): boolean {
  return dead_at !== null || (done_at !== null && last_error === null);
}
