import { assetPath } from '../assets.ts';
import { type Html, html, renderPage } from '../html.ts';
import { pagePublishableKey } from '../keys.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { confirmation } from './confirmation.ts';
import { checkoutForm } from './form.ts';
import {
  type CheckoutLink,
  type CheckoutSession,
  confirmationOf,
  shopHost,
  shopName,
  successAddress,
} from './session.ts';
import { setupDone, setupSummary } from './setup.ts';
import { orderSummary } from './summary.ts';

/** The hosted Checkout page at `/c/pay/:cs`. */
export async function checkoutPage({ api, query }: BrowserRequest, id: string): Promise<BrowserReply> {
  const path = `/v1/payment_pages/${id}?key=${pagePublishableKey}`;
  const { status, body } = await api('GET', path, null, pagePublishableKey);
  if (status !== 200) {
    return notice(
      404,
      'This page could not be found',
      'The link is wrong, or the sandbox was restarted.',
      null,
    );
  }
  const session = body as CheckoutSession;
  const reply = pageOf(session);
  return query.get('embedded') === '1' && session.ui_mode === 'embedded_page' ? framed(reply) : reply;
}

/** Stripe lets a shop frame the page of a session that was made for it, and no other. */
function framed(reply: BrowserReply): BrowserReply {
  const policy = reply.headers['content-security-policy']!;
  const headers = {
    ...reply.headers,
    'content-security-policy': policy.replace("frame-ancestors 'none'", 'frame-ancestors http: https:'),
  };
  return { ...reply, headers, body: String(reply.body).replace('<body>', '<body class="embedded">') };
}

function pageOf(session: CheckoutSession): BrowserReply {
  if (session.status === 'expired') return expired(session);
  if (session.status === 'complete') {
    if (confirmationOf(session) !== undefined) return renderCheckout(200, confirmation(session));
    const isSetup = session.mode === 'setup';
    if (stays(session)) {
      const title = isSetup ? setupDone(session) : 'Payment complete';
      return notice(200, title, 'Thank you. You can close this page.', null);
    }
    const link = html`<a class="button primary" target="_top" href="${successAddress(session)}">Return to ${shopName(session)}</a>`;
    const title = isSetup ? setupDone(session) : 'This payment is done';
    return notice(200, title, 'You have already completed this checkout.', link);
  }
  return openSession(session);
}

function expired(session: CheckoutSession): BrowserReply {
  const title = 'This checkout has expired';
  const recovery = session.after_expiration?.recovery?.url;
  const back = backLink(session, 'button');
  if (!recovery) {
    const consolation = session.mode === 'setup' ? 'Nothing was saved.' : 'You have not been charged.';
    const way = session.payment_link ? 'You can start again.' : 'Go back to the shop to start again.';
    return notice(200, title, `${consolation} ${way}`, back);
  }
  const next = html`<a class="button primary" href="${recovery}" data-testid="recovery-link">Continue checkout</a>`;
  return notice(200, title, 'You have not been charged. Your order is kept.', html`${next}${back}`);
}

function openSession(session: CheckoutSession): BrowserReply {
  const isSetup = session.mode === 'setup';
  return renderCheckout(
    200,
    html`<div class="checkout" ${stays(session) && html`data-stays`}>
  <section class="summary" aria-label="${isSetup ? 'What this is for' : 'Order summary'}">
    <div class="column">
      <header>
        ${backLink(session, 'back')}
        ${shopHost(session) !== null && html`<span class="shop">${shopHost(session)}</span>`}
        <span class="test-badge">Sandbox</span>
      </header>
      ${isSetup ? setupSummary(session) : orderSummary(session)}
    </div>
  </section>
  <main class="payment">
    <div class="column">${checkoutForm(session)}</div>
    <footer class="column">A test page of the sandbox. No real card works here and no money moves.</footer>
  </main>
</div>`,
  );
}

/** In a frame a session can end without sending the customer anywhere. */
function stays({ ui_mode: mode, redirect_on_completion: redirect }: CheckoutSession): boolean {
  return mode === 'embedded_page' && redirect !== undefined && redirect !== 'always';
}

function backLink(session: CheckoutSession, style: 'back' | 'button'): Html | null {
  // Behind a payment link there is no shop to go back to; whoever opened the link can open it again.
  if (session.payment_link) return style === 'back' ? null : startAgain(session.payment_link);
  if (!session.cancel_url) return null;
  if (style === 'button')
    return html`<a class="button" href="${session.cancel_url}">Back to ${shopName(session)}</a>`;
  return html`<a class="back" href="${session.cancel_url}" data-testid="business-link" aria-label="Back to ${shopName(session)}"
    ><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="M7 3 2 8l5 5M2.5 8H14" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"/></svg></a
  >`;
}

function startAgain({ url }: CheckoutLink): Html {
  return html`<a class="button primary" href="${url}">Start again</a>`;
}

export function notice(status: number, title: string, text: string, link: Html | null): BrowserReply {
  return renderCheckout(
    status,
    html`<main class="notice"><span class="test-badge">Sandbox</span><h1>${title}</h1><p>${text}</p><p class="ways">${link}</p></main>`,
  );
}

function renderCheckout(status: number, body: Html): BrowserReply {
  return renderPage({
    title: 'Checkout · Sandbox',
    body,
    styles: [assetPath('/assets/checkout.css')],
    scripts: [assetPath('/assets/checkout.js')],
    status,
  });
}
