import { afterPress } from '../shared/after-press.ts';
import { openChannel } from '../shared/channel.ts';
import type {
  FrameCall,
  FramedType,
  FrameResult,
  FrameSetup,
  FromFrame,
  Options,
  ToFrame,
} from '../shared/messages.ts';
import { randomId } from '../shared/random-id.ts';
import { sandboxOrigin } from './origin.ts';

/** The frame on the sandbox's origin in which one Element lives. Only it ever holds what the customer types. */
export interface ElementFrame {
  iframe: HTMLIFrameElement;
  send(message: ToFrame): void;
  call(call: FrameCall): Promise<FrameResult>;
  close(): void;
}

/** Titles and addresses that other people's browser tests look for, besides the name of the frame. */
const appearances: Record<FramedType, { title: string; page: string }> = {
  payment: { title: 'Secure payment input frame', page: 'elements-inner-payment' },
  card: { title: 'Secure card payment input frame', page: 'elements-inner-card' },
  cardNumber: { title: 'Secure card number input frame', page: 'elements-inner-card' },
  cardExpiry: { title: 'Secure expiration date input frame', page: 'elements-inner-card' },
  cardCvc: { title: 'Secure CVC input frame', page: 'elements-inner-card' },
  address: { title: 'Secure address input frame', page: 'elements-inner-address' },
  // The name of this page is not verified.
  linkAuthentication: { title: 'Secure email input frame', page: 'elements-inner-email' },
  contactDetails: { title: 'Secure email input frame', page: 'elements-inner-email' },
};

/** Room kept until the frame tells how high it is, so that the page does not jump much. */
const firstHeights: Partial<Record<FramedType, string>> = {
  payment: '280px',
  address: '540px',
  linkAuthentication: '78px',
  contactDetails: '78px',
};

/** Longer than the time-out of the frame's own request, so that the frame's answer wins. */
const callTimeoutMilliseconds = 45_000;
const loadTimeoutMilliseconds = 20_000;

let framesOpened = 0;

export interface ElementFrameOptions {
  setup: () => FrameSetup;
  /** The frame is told its setup after this. */
  prepared: Promise<unknown>;
  /** Shared by the Elements of one `elements()`, so that split card fields find each other on their own origin. */
  group: string;
  onEvent: (event: string, payload: Options) => void;
}

export function openElementFrame({ setup, prepared, group, onEvent }: ElementFrameOptions): ElementFrame {
  const id = randomId();
  const { type } = setup();
  const iframe = createIframe(
    type,
    new URLSearchParams({ channel: id, group, parent: window.location.origin }),
  );
  const calls = new Map<number, (result: FrameResult) => void>();
  let markLoaded: () => void = () => {};
  const loaded = new Promise<void>((resolve) => {
    markLoaded = resolve;
  });
  const loadTimer = setTimeout(
    () => onEvent('loaderror', { error: connectionError('The card form did not load.') }),
    loadTimeoutMilliseconds,
  );
  const channel = openChannel<FromFrame, ToFrame>({
    id,
    peer: () => iframe.contentWindow,
    peerOrigin: sandboxOrigin,
    receive(message) {
      if (message.kind === 'loaded') {
        clearTimeout(loadTimer);
        void prepared.then(() => {
          channel.send({ kind: 'setup', setup: setup() });
          markLoaded();
        });
      } else if (message.kind === 'resize') {
        afterPress(() => {
          iframe.style.height = `${message.height}px`;
        });
      } else if (message.kind === 'event') {
        onEvent(message.event, message.payload);
      } else {
        calls.get(message.id)?.(message.result);
        calls.delete(message.id);
      }
    },
  });
  let lastCall = 0;
  return {
    iframe,
    send: (message) => void loaded.then(() => channel.send(message)),
    call(call) {
      const callId = ++lastCall;
      return new Promise((resolve) => {
        calls.set(callId, resolve);
        void loaded.then(() => channel.send({ kind: 'call', id: callId, call }));
        setTimeout(() => {
          calls.delete(callId);
          resolve({ error: connectionError('The card form did not answer.') });
        }, callTimeoutMilliseconds);
      });
    },
    close() {
      clearTimeout(loadTimer);
      channel.close();
    },
  };
}

function createIframe(type: FramedType, fragment: URLSearchParams): HTMLIFrameElement {
  const { title, page } = appearances[type];
  const hasBoxes = firstHeights[type] !== undefined;
  const iframe = document.createElement('iframe');
  framesOpened += 1;
  iframe.name = `__privateStripeFrame${framesOpened}`;
  iframe.title = title;
  iframe.src = `${sandboxOrigin}/endive/${page}.html#${fragment}`;
  iframe.setAttribute('scrolling', 'no');
  iframe.setAttribute('allowtransparency', 'true');
  Object.assign(iframe.style, {
    display: 'block',
    // A form with boxes keeps room for the shadow of a focused field, and the page gets that room back.
    width: hasBoxes ? 'calc(100% + 8px)' : '100%',
    margin: hasBoxes ? '-4px' : '0',
    height: firstHeights[type] ?? '1.2em',
    border: '0',
    padding: '0',
    overflow: 'hidden',
    // Without this a dark page would paint an opaque ground behind the transparent frame.
    colorScheme: 'light',
  });
  return iframe;
}

function connectionError(message: string): { type: string; message: string } {
  return { type: 'api_connection_error', message };
}
