import { openChannel } from './channel.ts';
import { randomId } from './random-id.ts';

/** How the challenge ended: answered either way on the bank's page, or canceled by closing the dialog. */
export type ChallengeEnd = 'answered' | 'canceled';

/** What the challenge page reports to the page around it. */
export type ChallengeReport = { kind: 'answered' };
export type ChallengeRequest = { kind: 'cancel' };

const cancelTimeoutMilliseconds = 5_000;

let delegate: ((challengeUrl: URL) => Promise<ChallengeEnd>) | null = null;

/** Lets somebody else show the challenges of this document: the page around it. */
export function delegateChallenges(show: (challengeUrl: URL) => Promise<ChallengeEnd>): void {
  delegate = show;
}

/**
 * Shows the bank's page over the current one until it is answered. The dialog is native and modal, so the page
 * below is inert and the focus stays inside; Escape does not skip it, and its close button fails the
 * authentication on the bank's side before the dialog goes away.
 */
export function showChallenge(challengeUrl: URL): Promise<ChallengeEnd> {
  if (delegate) return delegate(challengeUrl);
  const channelId = randomId();
  const opener = document.activeElement;
  const frame = challengeFrame(challengeUrl, channelId);
  const close = closeButton();
  const dialog = modalDialog(close, frame);
  document.body.append(dialog);
  dialog.showModal();
  frame.focus();
  return new Promise((resolve) => {
    let canceled = false;
    const channel = openChannel<ChallengeReport, ChallengeRequest>({
      id: channelId,
      peer: () => frame.contentWindow,
      peerOrigin: challengeUrl.origin,
      receive: () => end(canceled ? 'canceled' : 'answered'),
    });
    function end(how: ChallengeEnd): void {
      channel.close();
      dialog.removeEventListener('close', keepOpen);
      dialog.remove();
      if (opener instanceof HTMLElement) opener.focus();
      resolve(how);
    }
    // Chrome lets a second Escape close any dialog; only an answer may end this one.
    function keepOpen(): void {
      dialog.showModal();
    }
    dialog.addEventListener('close', keepOpen);
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    close.addEventListener('click', () => {
      canceled = true;
      close.disabled = true;
      channel.send({ kind: 'cancel' });
      // A bank's page that never loaded cannot answer either; the customer must still get out.
      setTimeout(() => dialog.isConnected && end('canceled'), cancelTimeoutMilliseconds);
    });
  });
}

function challengeFrame(url: URL, channelId: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.name = `__privateStripeFrame-challenge-${channelId.slice(0, 8)}`;
  frame.title = '3D Secure authentication';
  const address = new URL(url);
  address.hash = new URLSearchParams({ channel: channelId, parent: window.location.origin }).toString();
  frame.src = address.href;
  Object.assign(frame.style, {
    border: '0',
    display: 'block',
    width: '100%',
    height: '100%',
    borderRadius: '14px',
    background: '#fff',
    colorScheme: 'light',
  });
  return frame;
}

function closeButton(): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = '×';
  button.setAttribute('aria-label', 'Cancel authentication');
  Object.assign(button.style, {
    position: 'absolute',
    top: '8px',
    right: '8px',
    width: '44px',
    height: '44px',
    border: '0',
    borderRadius: '22px',
    background: 'transparent',
    color: '#5f5f58',
    font: '400 26px/1 system-ui, sans-serif',
    cursor: 'pointer',
  });
  return button;
}

/** Styles are set through the CSSOM because a merchant's policy forbids style attributes and style elements. */
function modalDialog(close: HTMLElement, frame: HTMLElement): HTMLDialogElement {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('role', 'dialog');
  dialog.setAttribute('aria-modal', 'true');
  dialog.setAttribute('aria-label', '3D Secure authentication');
  dialog.setAttribute('closedby', 'none');
  Object.assign(dialog.style, {
    position: 'fixed',
    inset: '0',
    width: '100%',
    height: '100%',
    maxWidth: 'none',
    maxHeight: 'none',
    margin: '0',
    padding: '16px',
    border: '0',
    boxSizing: 'border-box',
    background: 'rgb(20 22 20 / 0.55)',
    display: 'grid',
    placeItems: 'center',
  });
  const panel = document.createElement('div');
  Object.assign(panel.style, {
    position: 'relative',
    width: 'min(440px, 100%)',
    height: 'min(560px, 100%)',
    borderRadius: '14px',
    background: '#fff',
    boxShadow: '0 24px 64px -12px rgb(27 27 24 / 0.4)',
  });
  panel.append(frame, close);
  dialog.append(panel);
  return dialog;
}
