import type { FormHash } from '../wire/form.ts';
import type { World } from '../world.ts';
import { whole } from './request.ts';

/** Newest first; `event`, `endpoint` and `state` filter. */
export function deliveries(world: World, query: FormHash): object {
  const limit = whole(query, 'limit', 100);
  const data = [];
  for (const delivery of world.store.deliveries.newestFirst()) {
    const isWanted = (['event', 'endpoint', 'state'] as const).every(
      (name) => query[name] === undefined || query[name] === delivery[name],
    );
    if (isWanted) data.push(delivery);
    if (data.length === limit) break;
  }
  return { object: 'list', data };
}
