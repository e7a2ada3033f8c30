import { MailKindParam, MailPreview, MailPreviewQuery } from '@paydesk/contract/admin/mails';
import type { App } from '../../../app/ports.ts';
import { previewMail } from '../../../app/preview-mail.ts';
import { sendMailForFrame } from '../../mail-frame.ts';
import { needs } from '../../operators.ts';
import type { Server } from '../../types.ts';

const common = {
  tags: ['operators'],
  security: [{ operator: [] }],
  params: MailKindParam,
  querystring: MailPreviewQuery,
};

/** What the shop's mails look like, without sending one. */
export function adminMailRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/mails/:kind/preview',
    { schema: { ...common, response: { 200: MailPreview } }, ...needs('view') },
    async ({ params: { kind }, query }) => {
      const { to, subject, text, order } = await previewMail(app, { kind, ...query });
      const of = query.order === undefined ? '' : `?order=${encodeURIComponent(query.order)}`;
      return { kind, to, subject, text, order, contentUrl: `/api/admin/mails/${kind}/content${of}` };
    },
  );

  server.get(
    '/api/admin/mails/:kind/content',
    { schema: common, ...needs('view') },
    async ({ params: { kind }, query }, reply) =>
      sendMailForFrame(reply, (await previewMail(app, { kind, ...query })).html),
  );
}
