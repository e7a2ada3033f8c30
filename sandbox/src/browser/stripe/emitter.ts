// biome-ignore lint/suspicious/noExplicitAny: each Element event has a payload of its own.
export type Listener = (payload: any) => unknown;

export interface Emitter {
  on(event: string, listener: Listener): void;
  once(event: string, listener: Listener): void;
  off(event: string, listener?: Listener): void;
  emit(event: string, payload: unknown): void;
}

export function createEmitter(): Emitter {
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  const of = (event: string) => listeners.get(event) ?? [];
  return {
    on: (event, listener) => void listeners.set(event, [...of(event), { listener, once: false }]),
    once: (event, listener) => void listeners.set(event, [...of(event), { listener, once: true }]),
    off(event, listener) {
      listeners.set(
        event,
        of(event).filter((entry) => listener !== undefined && entry.listener !== listener),
      );
    },
    emit(event, payload) {
      const called = of(event);
      listeners.set(
        event,
        called.filter((entry) => !entry.once),
      );
      for (const { listener } of called) listener(payload);
    },
  };
}
