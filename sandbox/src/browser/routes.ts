import { assetPath, assetReply, isStripeScript, stripeScriptReply } from './assets.ts';
import { challengePage } from './challenge/page.ts';
import { linkPage } from './checkout/link-page.ts';
import { checkoutPage } from './checkout/page.ts';
import { recoverPage } from './checkout/recover.ts';
import { dashboardAction } from './dashboard/actions.ts';
import { dashboardRoute } from './dashboard/routes.ts';
import { html, renderPage } from './html.ts';
import type { BrowserReply, BrowserRequest } from './types.ts';

/** Answers the requests of browsers (stripe.js, frames, hosted pages); null when the path is not one of them. */
export async function browserRoute(request: BrowserRequest): Promise<BrowserReply | null> {
  const { method, path, query } = request;
  if (method === 'POST') return dashboardAction(request);
  if (method !== 'GET' && method !== 'HEAD') return null;
  if (isStripeScript(path)) return stripeScriptReply();
  if (path.startsWith('/assets/')) return assetReply(path, query.get('v'));
  if (/^\/[a-z0-9]+\/elements-inner-(payment|card|address|email)\.html$/.test(path)) return framePage();
  const [, area, id] = /^\/(b|c\/pay|3ds|r)\/(\w+)$/.exec(path) ?? [];
  if (area === 'b') return linkPage(request, id!);
  if (area === 'c/pay') return checkoutPage(request, id!);
  if (area === '3ds') return challengePage(request, id!);
  if (area === 'r') return recoverPage(request, id!);
  return dashboardRoute(request);
}

/** The empty document in which an Element draws itself; any shop may frame it. */
function framePage(): BrowserReply {
  const page = renderPage({
    title: 'Card fields',
    body: html``,
    styles: [assetPath('/assets/frame.css')],
    scripts: [assetPath('/assets/frame.js')],
    framedBy: 'anyone',
  });
  return { ...page, headers: { ...page.headers, 'cache-control': 'public, max-age=60' } };
}
