import { pageSecretKey } from '../keys.ts';
import type { SandboxApi } from '../types.ts';

// biome-ignore lint/suspicious/noExplicitAny: the API's own objects, read for display only.
export type ApiObject = any;

/** An object of the API, or null when there is none by this path. */
export async function readObject(api: SandboxApi, path: string): Promise<ApiObject | null> {
  const { status, body } = await api('GET', path, null, pageSecretKey);
  return status === 200 ? body : null;
}

export async function readList(api: SandboxApi, path: string): Promise<ApiObject[]> {
  return (await readObject(api, path))?.data ?? [];
}

/** An object's page looks for its events among so many of the newest; older ones are on the page of all events. */
const EVENT_PAGES = 20;

/** Newest first. The API has no way to ask for the events of one object. */
export async function readNewestEvents(api: SandboxApi): Promise<ApiObject[]> {
  const events: ApiObject[] = [];
  for (let page = 0; page < EVENT_PAGES; page++) {
    const after = events.length > 0 ? `&starting_after=${events.at(-1).id}` : '';
    const list = await readObject(api, `/v1/events?limit=100${after}`);
    events.push(...(list?.data ?? []));
    if (!list?.has_more) break;
  }
  return events;
}
