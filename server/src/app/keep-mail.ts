import type { Database } from '../db/database.ts';
import { insertMail } from '../db/mails.ts';
import type { Mail } from './ports.ts';

/** A document that went with a kept mail: it is not made, only where to find it is remembered. */
export type KeptAttachment = { filename: string; contentType: string; path: string };

/** Keeps a mail where the mailbox's pages find it. */
export async function keepMail(database: Database, mail: Mail, now: number): Promise<void> {
  const attachments: KeptAttachment[] = mail.attachments.map(({ filename, contentType, path }) => ({
    filename,
    contentType,
    path,
  }));
  await database.transaction((tx) =>
    insertMail(tx, {
      id: mail.id,
      order_id: mail.orderId ?? '',
      recipient: mail.to,
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      attachments_json: JSON.stringify(attachments),
      sent_at: now,
    }),
  );
}
