import type { Options } from '../shared/messages.ts';
import type { Outside } from './frame-form.ts';

/** Tells the merchant's page about the form when something about it changed; the first state is not a change. */
export function changeReporter(outside: Outside, describe: () => Options): () => void {
  let last: string | null = null;
  return () => {
    const payload = describe();
    const text = JSON.stringify(payload);
    if (last !== null && text !== last) outside.emit('change', payload);
    last = text;
  };
}
