import type { ChallengeReport, ChallengeRequest } from '../shared/challenge-dialog.ts';
import { openChannel } from '../shared/channel.ts';

/** Sends the customer's answer to the bank and tells the checkout around the frame, or returns to the shop. */
const page = document.querySelector('main')?.dataset ?? {};
const fragment = new URLSearchParams(window.location.hash.slice(1));
const parentOrigin = fragment.get('parent');
const buttons = [...document.querySelectorAll<HTMLButtonElement>('button[data-outcome]')];

const channel =
  parentOrigin && window.parent !== window
    ? openChannel<ChallengeRequest, ChallengeReport>({
        id: fragment.get('channel') ?? '',
        peer: () => window.parent,
        peerOrigin: parentOrigin,
        receive: () => void answer('fail'),
      })
    : null;

if (channel) {
  const shop = document.querySelector('#shop');
  if (shop && parentOrigin && shop.textContent === '') shop.textContent = new URL(parentOrigin).host;
  buttons[0]?.focus();
  if (page.state !== 'waiting') leave('over');
}

for (const button of buttons) {
  button.addEventListener('click', () => void answer(button.dataset.outcome ?? 'fail'));
}

let answering = false;

async function answer(outcome: string): Promise<void> {
  if (answering) return;
  answering = true;
  for (const button of buttons) button.setAttribute('aria-disabled', 'true');
  try {
    const response = await fetch(`/_sandbox/3ds/${page.intent}`, {
      method: 'POST',
      body: new URLSearchParams({ token: page.token ?? '', outcome }),
      signal: AbortSignal.timeout(30_000),
    });
    const body = await response.json();
    // A challenge that is already over is told to the checkout all the same: it asks the API how it ended.
    if (response.ok || channel) return leave(body.status ?? 'requires_payment_method');
    show(body.error?.message ?? 'The sandbox did not take this answer.');
  } catch {
    show('The sandbox did not answer. Try again.');
  }
  answering = false;
  for (const button of buttons) button.removeAttribute('aria-disabled');
}

function leave(status: string): void {
  if (channel) {
    channel.send({ kind: 'answered' });
    return;
  }
  if (!page.returnUrl) {
    for (const button of buttons) button.hidden = true;
    document.querySelector('h1')!.textContent = 'Thank you';
    return;
  }
  const address = new URL(page.returnUrl);
  const kind = page.intent?.startsWith('seti_') ? 'setup_intent' : 'payment_intent';
  address.searchParams.append(kind, page.intent ?? '');
  address.searchParams.append(`${kind}_client_secret`, page.clientSecret ?? '');
  address.searchParams.append(
    'redirect_status',
    status === 'requires_payment_method' ? 'failed' : 'succeeded',
  );
  window.location.assign(address.href);
}

function show(message: string): void {
  const node = document.querySelector('#error');
  if (node) node.textContent = message;
}
