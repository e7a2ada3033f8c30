import { pagePublishableKey } from '../keys.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { notice } from './page.ts';

/** What may stand in a payment link's address (docs.stripe.com/payment-links/url-parameters). */
const prefilled = [
  'client_reference_id',
  'locked_prefilled_email',
  'prefilled_email',
  'prefilled_promo_code',
];

/** A payment link at `/b/test_…`: opens a session of its own for every visitor and goes on to its page. */
export async function linkPage({ api, query }: BrowserRequest, slug: string): Promise<BrowserReply> {
  const given = prefilled.flatMap((name): [string, string][] => {
    const value = query.get(name);
    return value ? [[name, value]] : [];
  });
  const path = `/v1/payment_links/${slug}/open`;
  const { status, body } = await api('POST', path, new URLSearchParams(given), pagePublishableKey);
  if (status === 200) {
    return { status: 303, headers: { location: body.url, 'cache-control': 'no-store' }, body: '' };
  }
  if (status === 404) {
    return notice(
      404,
      'This page could not be found',
      'The link is wrong, or the sandbox was restarted.',
      null,
    );
  }
  return notice(200, 'This link is no longer active', body.error.message, null);
}
