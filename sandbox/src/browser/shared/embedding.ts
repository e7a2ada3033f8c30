import { delegateChallenges } from './challenge-dialog.ts';
import { openChannel } from './channel.ts';

/** What the hosted page in a frame (`embedded=1`) and the merchant's page around it say to each other. */

export type FromEmbedded =
  | { kind: 'resize'; height: number }
  /** The bank's page is shown over the whole window, because a frame can be higher than the screen. */
  | { kind: 'challenge'; path: string }
  /** Paid; the customer goes to the address, or stays where it is null. */
  | { kind: 'complete'; address: string | null };

export type ToEmbedded = { kind: 'challenged' };

/** Where the customer goes after paying: the page itself when it stands alone, the page around it when it is framed. */
export function whereToLeave(): (address: string) => void {
  const fragment = new URLSearchParams(window.location.hash.slice(1));
  const peerOrigin = fragment.get('parent');
  if (window.parent === window || !peerOrigin) return (address) => window.location.assign(address);
  let answered: () => void = () => {};
  const channel = openChannel<ToEmbedded, FromEmbedded>({
    id: fragment.get('channel') ?? '',
    peer: () => window.parent,
    peerOrigin,
    receive: () => answered(),
  });
  delegateChallenges((url) => {
    channel.send({ kind: 'challenge', path: url.pathname + url.search });
    return new Promise((resolve) => {
      answered = () => resolve('answered');
    });
  });
  const { body } = document;
  const observer = new ResizeObserver(() => channel.send({ kind: 'resize', height: body.offsetHeight }));
  observer.observe(body);
  return (address) => leaveFrame(address, (target) => channel.send({ kind: 'complete', address: target }));
}

/** A page that stays says itself that the payment is done. */
function leaveFrame(address: string, complete: (address: string | null) => void): void {
  const stays = document.body.querySelector('[data-stays]') !== null;
  complete(stays ? null : address);
  if (stays) window.location.reload();
}
