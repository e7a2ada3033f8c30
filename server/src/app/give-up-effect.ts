import { closeBreaks } from '../db/books.ts';
import { deleteNotice } from '../db/notices.ts';
import { lockEffect, type OutboxRow, updateEffect } from '../db/outbox.ts';
import type { Tx } from '../db/schema.ts';
import { AppError } from './errors.ts';
import type { App } from './ports.ts';

/**
 * Why an effect may not be given up by hand; whatever is not here is a mail, which nobody loses money by. Each of these is
 * the only owner of an outcome that is not known yet: without it the order, the attempt or the refund would stay for ever
 * as it is. They never give up by themselves either, and each ends on the provider's word. What a person wants instead has
 * a command of its own: to cancel the order, to check it with the provider, to record what became of a refund.
 */
const reasons: Record<string, string> = {
  'payment.create':
    'The provider may know this attempt already, and only asking again tells whether it can take money.',
  'payment.close': 'This attempt could still take money that is not due any more.',
  'payment.check': 'Money may have arrived of which no event told. Only this looks for it.',
  'order.close': 'The order holds stock, and only this gives it back. Cancel the order instead.',
  'refund.create': 'The money is promised to the customer, and may have left already. Only this finds out.',
};

/** Null where a person may give it up. */
export function mustHappen(kind: string): string | null {
  if (kind.startsWith('mail.')) return null;
  return reasons[kind] ?? 'Money may depend on it.';
}

/**
 * Makes an effect due at once, also one that was given up. Every effect may be tried any number of times; one that gives up
 * again opens its break again.
 *
 * @throws AppError effect_not_found, effect_done
 */
export async function retryEffect(app: App, key: string, by: string): Promise<OutboxRow> {
  const now = app.clock.now();
  const effect = await app.database.transaction(async (tx) => {
    const current = await findOpen(tx, key);
    const revived = current.dead_at !== null && { dead_at: null, attempts: 0 };
    const changes = { not_before: now, ...revived };
    await updateEffect(tx, key, changes);
    if (revived) await closeItsBreak(tx, key, { at: now, by, resolution: 'tried once more' });
    return { ...current, ...changes };
  });
  app.log.info({ effect: key, orderId: effect.order_id, by }, 'an effect is tried once more');
  return effect;
}

/**
 * A person decides that a mail is not wanted any more, with the reason. It counts as one that was not needed, so that its
 * order does not say that it could not be delivered.
 *
 * @throws AppError effect_not_found, effect_done, effect_in_work, effect_must_happen
 */
export async function giveUpEffect(
  app: App,
  key: string,
  { by, reason }: { by: string; reason: string },
): Promise<OutboxRow> {
  const now = app.clock.now();
  const effect = await app.database.transaction(async (tx) => {
    const current = await findOpen(tx, key);
    const why = mustHappen(current.kind);
    if (why !== null) throw new AppError('effect_must_happen', { message: why });
    if (current.lease_until !== null && current.lease_until >= now) throw new AppError('effect_in_work');
    const last_error = `given up by ${by}: ${reason}`;
    const changes = { done_at: now, dead_at: null, last_error, lease_token: null, lease_until: null };
    await updateEffect(tx, key, changes);
    await closeItsBreak(tx, key, { at: now, by, resolution: reason });
    // It holds a secret, and is kept only until it is sent.
    if (current.kind === 'mail.account') await deleteNotice(tx, current.subject_id);
    return { ...current, ...changes };
  });
  app.log.info({ effect: key, orderId: effect.order_id, by }, 'an effect was given up by hand');
  return effect;
}

async function findOpen(tx: Tx, key: string): Promise<OutboxRow> {
  const effect = await lockEffect(tx, key);
  if (!effect) throw new AppError('effect_not_found');
  if (effect.done_at !== null) throw new AppError('effect_done');
  return effect;
}

async function closeItsBreak(
  tx: Tx,
  key: string,
  closing: { at: number; by: string; resolution: string },
): Promise<void> {
  await closeBreaks(tx, ['effect_gave_up'], key, closing);
}
