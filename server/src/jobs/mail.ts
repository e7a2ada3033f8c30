import { performEffect } from '../app/perform-effect.ts';
import type { App } from '../app/ports.ts';
import { mailOutbox } from '../db/outbox.ts';
import { newLease } from './lease.ts';

/** Twice as many as have connections to the mail server: the next are ready when those are sent, and share a commit. */
const atOnce = 10;

/** Sends the e-mails that are due, in a lane of their own: a mail server that hangs holds up nothing else. */
export async function runMail(app: App): Promise<number> {
  const lease = { ...newLease(app), limit: atOnce };
  const mails = await app.database.transaction((tx) => mailOutbox.claim(tx, lease));
  await Promise.all(mails.map((mail) => performEffect(app, mail)));
  return mails.length;
}
