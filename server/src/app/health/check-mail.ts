import { type Finding, fail, ok, skipped, warn } from '../../domain/health.ts';

export type MailWay = {
  /** Where mail is given to a server, without the password; null where it is not. */
  host: string | null;
  hasMailbox: boolean;
  live: boolean;
  /** Connects, greets and logs in, and rejects with the server's own words where that fails. */
  tryServer(): Promise<void>;
};

/** Whether mail would leave. None is sent. */
export async function checkMail({ host, hasMailbox, live, tryServer }: MailWay): Promise<Finding> {
  const name = 'mail server';
  if (host !== null) {
    try {
      await tryServer();
      return ok(name, `${host} answers and lets the shop in.`);
    } catch (error) {
      return fail(name, `${host} does not: ${(error as Error).message}`, whatToDo(error));
    }
  }
  if (hasMailbox) return ok(name, 'Mails are shown in the mailbox, at /mailbox.');
  const found = 'SMTP_URL is not set: no mail reaches anybody.';
  return live
    ? warn(name, found, 'Set SMTP_URL, so that customers get receipts and ways to pay.')
    : skipped(name, found);
}

function whatToDo(error: unknown): string {
  const { code = '' } = error as { code?: string };
  if (code === 'EAUTH') return 'Compare user and password in SMTP_URL with those of the mail server.';
  if (code === 'ETLS') return 'Use smtps:// for TLS from the first byte, or a server that offers STARTTLS.';
  return 'Compare host and port in SMTP_URL, and look whether this machine may connect there.';
}
