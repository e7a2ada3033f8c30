import { pagePublishableKey } from '../keys.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { checkoutPage } from './page.ts';

/** The recovery link at `/r/:cs`: goes on in a new session with the same order; without one it shows the old page. */
export async function recoverPage(request: BrowserRequest, id: string): Promise<BrowserReply> {
  const path = `/v1/payment_pages/${id}/recover`;
  const { status, body } = await request.api('POST', path, new URLSearchParams(), pagePublishableKey);
  if (status !== 200) return checkoutPage(request, id);
  return { status: 303, headers: { location: body.url, 'cache-control': 'no-store' }, body: '' };
}
