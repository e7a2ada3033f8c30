import { createTransport } from 'nodemailer';
import { MailRefused } from '../app/errors.ts';
import type { Attachment, Mail, Mailer } from '../app/ports.ts';

export type SmtpSettings = {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  url: string;
  /** An address, or a name and an address in <>. */
  from: string;
  /** The host of the shop's own address: the right side of every Message-ID. */
  host: string;
};

/** Longest silence of the mail server, in milliseconds. */
const silence = 10_000;
/** Longest time for one mail from the first byte to the server's yes, in milliseconds. */
const sendLimit = 15_000;
/** As many mails as the job sends at once, so that none spends its time waiting for a connection. */
const connections = 5;
/** A connection that is not used is given back after this long, in milliseconds. */
const idleLimit = 20_000;

/**
 * Sends mail through an SMTP server. Repeating a mail repeats its Message-ID, by which mail programs know it again.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5321 for what the answers mean
 */
export function smtpMailer(settings: SmtpSettings): Mailer {
  const transport = createTransport({
    url: settings.url,
    pool: true,
    maxConnections: connections,
    // The outbox repeats; a second repeater underneath would only hide from it what happens.
    maxRequeues: 0,
    idleTimeout: idleLimit,
    connectionTimeout: silence,
    greetingTimeout: silence,
    socketTimeout: silence,
    dnsTimeout: silence,
    // Nothing in a mail may name a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const from = parseSender(settings.from);
  return {
    send: async (mail) => {
      const message = { ...(await messageOf(mail)), from, messageId: messageIdOf(mail.id, settings.host) };
      await transport
        .sendMail({ ...message, signal: AbortSignal.timeout(sendLimit) })
        .catch((error: unknown) => {
          throw meaningOf(error);
        });
    },
    close: () => transport.close(),
  };
}

/**
 * Connects to the mail server, greets it and, where the address has a user, logs in. Sends nothing. Rejects with the
 * server's own words when that fails.
 *
 * @param limit longest silence, in milliseconds
 */
export async function tryMailServer(url: string, limit: number): Promise<void> {
  const transport = createTransport({
    url,
    connectionTimeout: limit,
    greetingTimeout: limit,
    socketTimeout: limit,
    dnsTimeout: limit,
  });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

/** The outbox's key as a Message-ID. A colon may not stand there, and a dot means the same. */
export function messageIdOf(id: string, host: string): string {
  return `<${id.replaceAll(/[^A-Za-z0-9_.-]/g, '.')}@${host}>`;
}

/** A name may hold what would otherwise part two addresses, so it is taken apart here. */
export function parseSender(from: string): { name: string; address: string } {
  const parts = /^\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*$/.exec(from);
  return parts ? { name: parts[1]!, address: parts[2]! } : { name: '', address: from.trim() };
}

async function messageOf(mail: Mail) {
  return {
    to: { name: '', address: requireAddress(mail.to) },
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    attachments: await Promise.all(mail.attachments.map(readAttachment)),
    // Asks that nobody's holiday notice answers.
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

async function readAttachment({ filename, contentType, content }: Attachment) {
  return { filename, contentType, content: await content() };
}

/** One address, and nothing that a mail server could read as more. */
function requireAddress(address: string): string {
  if (/^[^@\s\p{Cc}\p{Cs}<>"(),;:\\]+@[^@\s\p{Cc}\p{Cs}<>"(),;:\\]+$/u.test(address)) return address;
  throw new MailRefused('the recipient is not an e-mail address');
}

/** 5xx for the recipient is for ever; any other failure may pass or be mended by the operator, such as a wrong password. */
function meaningOf(error: unknown): unknown {
  const { command, responseCode, response } = error as {
    command?: string;
    responseCode?: number;
    response?: string;
  };
  const isFinal = command === 'RCPT TO' && responseCode !== undefined && responseCode >= 500;
  return isFinal ? new MailRefused(`the mail server refuses the recipient: ${response}`, error) : error;
}
