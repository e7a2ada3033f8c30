/** `paydesk-sandbox trigger EVENT`: lets an event really happen, and waits until it has. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, INTERVAL_MS, PATIENCE_MS, TriggerApi } from './api.ts';
import { scenarios } from './scenarios.ts';

export interface Triggered {
  /** Of the event. */
  id: string;
  /** Of the object it tells of; the balance has no id. */
  object: string;
}

/** Rejects with a sentence for people when the sandbox does not answer, refuses, or the event does not come. */
export async function trigger(url: string, event: string): Promise<Triggered> {
  const api = new TriggerApi(url);
  const before = (await newest(api, event))?.id;
  await scenarios[event]!(api);
  for (let waited = 0; waited < PATIENCE_MS; waited += INTERVAL_MS) {
    const made = await newest(api, event);
    if (made !== undefined && made.id !== before)
      return { id: made.id, object: made.data.object.id ?? `the ${made.data.object.object}` };
    await wait(INTERVAL_MS);
  }
  throw new Error(
    `${event} has not happened within ${PATIENCE_MS / 1_000} seconds. If the sandbox's time stands still, move it.`,
  );
}

async function newest(api: TriggerApi, event: string): Promise<Answer | undefined> {
  return (await api.get(`/v1/events?limit=1&type=${event}`)).data[0];
}
