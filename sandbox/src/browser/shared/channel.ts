/**
 * A conversation between two windows of different origins. Each message names its channel and is accepted only
 * from the one window and the one origin the channel was opened for; everything else is ignored.
 */
export interface Channel<Outgoing> {
  send(message: Outgoing): void;
  close(): void;
}

export interface ChannelOptions<Incoming> {
  id: string;
  /** Asked anew for each message because a frame has no window before it is attached. */
  peer: () => Window | null;
  peerOrigin: string;
  receive: (message: Incoming) => void;
}

export function openChannel<Incoming, Outgoing>(options: ChannelOptions<Incoming>): Channel<Outgoing> {
  function listen(event: MessageEvent): void {
    if (event.origin !== options.peerOrigin || event.source !== options.peer()) return;
    if (typeof event.data !== 'object' || event.data?.channel !== options.id) return;
    options.receive(event.data.message);
  }
  window.addEventListener('message', listen);
  return {
    send(message) {
      options.peer()?.postMessage({ channel: options.id, message }, options.peerOrigin);
    },
    close() {
      window.removeEventListener('message', listen);
    },
  };
}
