import { deleteNotice, findNotice, insertNotice } from '../db/notices.ts';
import { insertEffect, type OutboxRow } from '../db/outbox.ts';
import type { Tx } from '../db/schema.ts';
import type { AccountNotice } from '../domain/person.ts';
import { MailRefused } from './errors.ts';
import type { Performed } from './perform-effect.ts';
import type { App, Mail } from './ports.ts';

/** No link of an account lives longer; what could not be sent by then is not worth sending, in milliseconds. */
const lifetime = 24 * 3_600_000;
const shortestWait = 1_000;
const longestWait = 10 * 60_000;

/**
 * Writes down what the owner of an address has to be told about an account, for the mail job. It holds a secret, so it is
 * kept only until it was sent.
 */
export async function tellPerson(
  app: Pick<App, 'database' | 'clock' | 'ids'>,
  notice: AccountNotice,
  words: Pick<Mail, 'subject' | 'html' | 'text'>,
): Promise<void> {
  await app.database.transaction((tx) => keepNotice(app, tx, notice, words));
}

/** The same within the transaction that gives the reason to tell it. */
export async function keepNotice(
  app: Pick<App, 'clock' | 'ids'>,
  tx: Tx,
  notice: AccountNotice,
  words: Pick<Mail, 'subject' | 'html' | 'text'>,
): Promise<void> {
  const now = app.clock.now();
  const id = app.ids.next('ntc');
  await insertNotice(tx, { id, recipient: notice.to, ...words, expires_at: now + lifetime });
  await insertEffect(tx, { kind: 'mail.account', orderId: '', subjectId: id, notBefore: now, now });
}

/** Sends it. Nobody but its reader misses one that cannot be sent, and they ask for another. */
export async function sendNotice(app: App, effect: OutboxRow): Promise<Performed> {
  const notice = await findNotice(app.database.read, effect.subject_id);
  if (!notice) return { state: 'done', unneeded: 'it was sent already' };
  const { id, recipient: to, subject, html, text } = notice;
  if (app.clock.now() > notice.expires_at) return await forget(app, id, 'its link is over');
  try {
    await app.mailer.send({ id: effect.dedupe_key, orderId: null, to, subject, html, text, attachments: [] });
  } catch (error) {
    const { code } = error as { code?: string };
    app.log.warn({ effect: effect.kind, attempts: effect.attempts, code }, 'an e-mail could not be sent');
    if (error instanceof MailRefused) return await forget(app, id, 'the address is refused');
    const delay = Math.min(shortestWait * 2 ** (effect.attempts - 1), longestWait);
    return { state: 'again', at: app.clock.now() + delay, error: 'the mail server did not take it' };
  }
  return await forget(app, id);
}

async function forget(app: App, id: string, unneeded?: string): Promise<Performed> {
  await app.database.transaction((tx) => deleteNotice(tx, id));
  return { state: 'done', ...(unneeded !== undefined && { unneeded }) };
}
