import type { FastifyReply } from 'fastify';

/** A mail brings its styles with it, and may do nothing else but open its links in a window of their own. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** Answers a mail as it stands in a frame of one of our pages. */
export function sendMailForFrame(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .headers({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': policy,
      'content-type': 'text/html; charset=utf-8',
    })
    .serializer(String)
    .send(html.replace('<head>', '<head><base target="_blank">'));
}
