import { Id } from '@paydesk/contract/quote';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import type { KeptAttachment } from '../../app/keep-mail.ts';
import { linkToken } from '../../app/order-links.ts';
import type { App } from '../../app/ports.ts';
import { findMail, listMails, type MailRow } from '../../db/mails.ts';
import { grantAccess } from '../access.ts';
import { sendMailForFrame } from '../mail-frame.ts';
import type { Server } from '../types.ts';

type Listed = {
  id: string;
  orderId: string;
  recipient: string;
  subject: string;
  sentAt: number;
  attachments: KeptAttachment[];
};
type Kept = Listed & { html: string; text: string };

/** Renders the mailbox; each function answers a whole document. */
export type MailboxPages = {
  styles: string;
  list(shopName: string, mails: readonly Listed[], orderId: string | undefined): string;
  show(shopName: string, mail: Kept, view: 'html' | 'text'): string;
  missing(shopName: string): string;
};

/** Nobody reads further back in a mailbox that is for trying things out. */
const mostListed = 100;

const hidden = { hide: true };
const OfOrder = Type.Object({ order: Type.Optional(Id) }, { additionalProperties: false });
const View = Type.Object(
  { view: Type.Optional(Type.Enum(['html', 'text'])) },
  { additionalProperties: false },
);
const MailId = Type.Object({ id: Type.String({ minLength: 1, maxLength: 100 }) });

/**
 * The mail of a shop on the sandbox, which has nobody to send it. Whoever reaches these pages reads everybody's mail, so they are
 * mounted there only.
 */
export function mailboxRoutes(server: Server, app: App, pages: MailboxPages): void {
  const { read } = app.database;

  server.get('/mailbox', { schema: { ...hidden, querystring: OfOrder } }, async ({ query }, reply) => {
    const mails = await listMails(read, { orderId: query.order, limit: mostListed });
    return sendPage(reply, pages.list(app.shop.name, mails.map(present), query.order));
  });

  server.get('/mailbox/style.css', { schema: hidden }, async (_request, reply) =>
    reply.headers({ ...commonHeaders, 'content-type': 'text/css; charset=utf-8' }).send(pages.styles),
  );

  server.get(
    '/mailbox/:id',
    { schema: { ...hidden, params: MailId, querystring: View } },
    async ({ params, query }, reply) => {
      const mail = await findMail(read, params.id);
      if (!mail) return sendPage(reply.code(404), pages.missing(app.shop.name));
      // Its links and documents open in this browser, as if the reader were the customer.
      grantAccess(app, reply, mail.order_id, linkToken(app, mail.order_id, app.clock.now()));
      return sendPage(
        reply,
        pages.show(app.shop.name, present(mail), query.view === 'text' ? 'text' : 'html'),
      );
    },
  );

  server.get('/mailbox/:id/content', { schema: { ...hidden, params: MailId } }, async ({ params }, reply) => {
    const mail = await findMail(read, params.id);
    if (!mail) return sendPage(reply.code(404), pages.missing(app.shop.name));
    return sendMailForFrame(reply, mail.html);
  });

  server.get('/api/mailbox', { schema: { ...hidden, querystring: OfOrder } }, async ({ query }) => {
    const mails = await listMails(read, { orderId: query.order, limit: mostListed });
    return { mails: mails.map(present) };
  });
}

function present(mail: MailRow): Kept {
  return {
    id: mail.id,
    orderId: mail.order_id,
    recipient: mail.recipient,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    sentAt: Number(mail.sent_at),
    attachments: JSON.parse(mail.attachments_json) as KeptAttachment[],
  };
}

const commonHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
function sendPage(reply: FastifyReply, document: string): FastifyReply {
  return reply
    .headers({
      ...commonHeaders,
      'content-security-policy': pagePolicy,
      'content-type': 'text/html; charset=utf-8',
    })
    .send(document);
}
