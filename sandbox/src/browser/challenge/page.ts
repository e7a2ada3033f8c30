import { assetPath } from '../assets.ts';
import { type Html, html, renderPage } from '../html.ts';
import { pageSecretKey } from '../keys.ts';
import { formatMoney } from '../money.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';

/** The bank's page of a 3-D Secure challenge: in a frame over a checkout, or with `redirect=1` on its own. */
export async function challengePage({ api, query }: BrowserRequest, id: string): Promise<BrowserReply> {
  const resource = id.startsWith('seti_') ? 'setup_intents' : 'payment_intents';
  const path = `/v1/${resource}/${id}?expand[]=payment_method`;
  const { status, body: intent } = await api('GET', path, null, pageSecretKey);
  if (status !== 200)
    return reply(404, html`<h1>No such authentication</h1><p>The link is wrong or old.</p>`);
  const token = query.get('token') ?? '';
  const waiting = intent.status === 'requires_action' && token === tokenOf(intent);
  const returnUrl: string = (waiting && intent.next_action.redirect_to_url?.return_url) || '';
  return reply(
    200,
    html`<main
  data-intent="${id}"
  data-token="${token}"
  data-state="${waiting ? 'waiting' : 'over'}"
  data-client-secret="${waiting && intent.client_secret}"
  data-return-url="${returnUrl}"
>
  <header><span class="bank">Test Bank</span><span class="test-badge">Sandbox</span></header>
  <h1>${waiting ? (id.startsWith('seti_') ? 'Confirm this card' : 'Confirm this payment') : 'Already answered'}</h1>
  <p class="lead">${
    waiting
      ? 'Your bank wants to be sure it is you. Choose how this test authentication should end.'
      : 'This authentication is over. You can close this page.'
  }</p>
  ${waiting && question(intent, query.get('shop') ?? URL.parse(returnUrl)?.host ?? null)}
</main>`,
  );
}

/** The token of the challenge that is open now; the page tells nothing to somebody who only knows the intent's id. */
// biome-ignore lint/suspicious/noExplicitAny: the API's own object, read for display only.
function tokenOf(intent: any): string | null {
  const { use_stripe_sdk: sdk, redirect_to_url: redirect } = intent.next_action ?? {};
  return URL.parse(sdk?.stripe_js ?? redirect?.url ?? '')?.searchParams.get('token') ?? null;
}

// biome-ignore lint/suspicious/noExplicitAny: the API's own object, read for display only.
function question(intent: any, shop: string | null): Html {
  const card = intent.payment_method?.card;
  return html`<dl>
    <div><dt>Shop</dt><dd id="shop">${shop}</dd></div>
    ${intent.amount !== undefined && html`<div><dt>Amount</dt><dd>${formatMoney(intent.amount, intent.currency)}</dd></div>`}
    ${card && html`<div><dt>Card</dt><dd>•••• ${card.last4}</dd></div>`}
  </dl>
  <p class="error" id="error" role="alert"></p>
  <div class="answers">
    <button class="button primary" type="button" id="test-source-authorize-3ds" data-outcome="pass">Complete authentication</button>
    <button class="button" type="button" id="test-source-fail-3ds" data-outcome="fail">Fail authentication</button>
  </div>`;
}

function reply(status: number, body: Html): BrowserReply {
  return renderPage({
    title: '3D Secure authentication · Sandbox',
    body,
    styles: [assetPath('/assets/challenge.css')],
    scripts: [assetPath('/assets/challenge.js')],
    framedBy: 'anyone',
    status,
  });
}
