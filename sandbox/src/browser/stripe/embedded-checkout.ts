import { afterPress } from '../shared/after-press.ts';
import { callApi, idOfClientSecret } from '../shared/api.ts';
import { showChallenge } from '../shared/challenge-dialog.ts';
import { type Channel, openChannel } from '../shared/channel.ts';
import type { FromEmbedded, ToEmbedded } from '../shared/embedding.ts';
import type { Options } from '../shared/messages.ts';
import { randomId } from '../shared/random-id.ts';
import { IntegrationError, requireIntegration } from './errors.ts';
import { onSandbox, sandboxOrigin } from './origin.ts';
import { placeOf } from './place.ts';

/** The object a merchant's page holds. */
export interface EmbeddedCheckout {
  mount(location: string | HTMLElement): void;
  unmount(): void;
  destroy(): void;
}

let isOpen = false;

/**
 * `stripe.createEmbeddedCheckoutPage` (https://docs.stripe.com/js/embedded_checkout/init): the hosted page of a
 * session with `ui_mode: embedded_page`, in a frame. `onShippingDetailsChange`, `onLineItemsChange` are refused;
 * `onAnalyticsEvent` is accepted and never called.
 */
export async function createEmbeddedCheckoutPage(key: string, options: Options): Promise<EmbeddedCheckout> {
  const { clientSecret, fetchClientSecret, onComplete } = options;
  requireIntegration(
    (typeof clientSecret === 'string') !== (typeof fetchClientSecret === 'function'),
    'createEmbeddedCheckoutPage() needs either a clientSecret or fetchClientSecret.',
  );
  for (const name of ['onShippingDetailsChange', 'onLineItemsChange']) {
    requireIntegration(!options[name], `The sandbox does not build ${name} of Embedded Checkout.`);
  }
  requireIntegration(!isOpen, 'You cannot have multiple Embedded Checkout objects.');
  isOpen = true;
  try {
    const session = await readSession(key, clientSecret ?? (await fetchClientSecret()));
    return embed(session.id, onComplete);
  } catch (error) {
    isOpen = false;
    throw error;
  }
}

/** @throws IntegrationError for a secret that opens no session made for a frame */
async function readSession(key: string, clientSecret: unknown): Promise<Options> {
  const id = idOfClientSecret(clientSecret);
  requireIntegration(id?.startsWith('cs_'), 'The client secret should have the form cs_…_secret_….');
  const path = `/v1/payment_pages/${id}`;
  const { value, error } = await callApi({ origin: sandboxOrigin, key, method: 'GET', path, params: {} });
  if (error) throw new IntegrationError(error.message ?? error.type);
  requireIntegration(
    value.ui_mode === 'embedded_page',
    `This Checkout Session has the ui_mode ${value.ui_mode}, not embedded_page.`,
  );
  return value;
}

function embed(session: string, onComplete?: () => void): EmbeddedCheckout {
  let frame: HTMLIFrameElement | null = null;
  let channel: Channel<ToEmbedded> | null = null;
  let isDestroyed = false;

  function receive(message: FromEmbedded): void {
    if (message.kind === 'resize')
      afterPress(() => frame?.style.setProperty('height', `${message.height}px`));
    if (message.kind === 'challenge') void challenge(message.path);
    if (message.kind !== 'complete') return;
    if (message.address === null) onComplete?.();
    else window.location.assign(message.address);
  }

  async function challenge(path: string): Promise<void> {
    await showChallenge(onSandbox(path));
    channel?.send({ kind: 'challenged' });
  }

  function unmount(): void {
    channel?.close();
    frame?.remove();
    frame = channel = null;
  }

  return {
    mount(location) {
      requireIntegration(!isDestroyed, 'This Embedded Checkout has been destroyed. Create a new one.');
      requireIntegration(!frame, 'This Embedded Checkout is mounted already.');
      const id = randomId();
      const opened = createFrame(session, id);
      frame = opened;
      const peer = () => opened.contentWindow;
      channel = openChannel<FromEmbedded, ToEmbedded>({ id, peer, peerOrigin: sandboxOrigin, receive });
      placeOf(location).append(opened);
    },
    unmount,
    destroy() {
      unmount();
      if (!isDestroyed) isOpen = false;
      isDestroyed = true;
    },
  };
}

/** Other people's browser tests find the frame by this name. */
function createFrame(session: string, channel: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.name = 'embedded-checkout';
  frame.title = 'Secure payment';
  const fragment = new URLSearchParams({ channel, parent: window.location.origin });
  frame.src = `${sandboxOrigin}/c/pay/${session}?embedded=1#${fragment}`;
  frame.allow = 'payment';
  Object.assign(frame.style, {
    display: 'block',
    width: '100%',
    height: '640px',
    border: '0',
    colorScheme: 'light',
  });
  return frame;
}
