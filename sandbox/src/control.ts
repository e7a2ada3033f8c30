/** `/_sandbox/*`: what Stripe has not and tests need. Not open to other origins. */
import { answerByForm } from './control/challenge.ts';
import { moveClock, showClock } from './control/clock.ts';
import { deliveries } from './control/deliveries.ts';
import { disputeByForm } from './control/disputes.ts';
import { rollSecret } from './control/endpoints.ts';
import { addFault, listFaults, removeFaults } from './control/faults.ts';
import { type ControlRequest, readBody, whole } from './control/request.ts';
import { changeSettings } from './control/settings.ts';
import { ApiError } from './wire/errors.ts';
import { type FormHash, parseForm } from './wire/form.ts';
import type { World } from './world.ts';

interface Visit {
  world: World;
  query: FormHash;
  /** The path's variable part, or nothing. */
  id: string;
  /** Read on demand, so that a wrong body is the fault of calls with a body only. */
  body(): FormHash;
}
/** What is answered as JSON; text is JSON already. */
type Door = (visit: Visit) => object | string | Promise<object>;

const MOST_ENTRIES = 10_000;

const doors: Readonly<Record<string, Door>> = {
  'GET journal': ({ world, query }) =>
    world.journal.page(whole(query, 'after', 0), Math.min(whole(query, 'limit', 1_000), MOST_ENTRIES)),
  'GET deliveries': ({ world, query }) => deliveries(world, query),
  'GET settings': ({ world }) => world.settings,
  'POST settings': ({ world, body }) => changeSettings(world, body()),
  'GET usage': () => usage(),
  'GET clock': ({ world }) => showClock(world),
  'POST clock': ({ world, body }) => moveClock(world, body()),
  'POST disputes': ({ world, body }) => disputeByForm(world, body()),
  'GET faults': ({ world }) => listFaults(world),
  'POST faults': ({ world, body }) => addFault(world, body()),
  'DELETE faults': ({ world }) => removeFaults(world),
  'DELETE faults/:id': ({ world, id }) => removeFaults(world, id),
  'POST endpoints/:id/roll': ({ world, id, body }) => rollSecret(world, id, body()),
  'POST 3ds/:id': ({ world, id, body }) => answerByForm(world, id, body()),
};

/** The JSON to answer. Rejects with an ApiError, 400 or 404. */
export async function control(world: World, request: ControlRequest): Promise<string> {
  const { method, path } = request;
  const [, first = '', id = '', last] = /^\/_sandbox\/(\w+)(?:\/(\w+))?(\/\w+)?$/.exec(path) ?? [];
  const door = doors[`${method} ${first}${id === '' ? '' : '/:id'}${last ?? ''}`];
  if (door === undefined) {
    throw new ApiError(404, {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${method}: ${path}).`,
    });
  }
  const query = parseForm(request.query);
  const answer = await door({ world, query, id, body: () => readBody(request) });
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}

/** What the process has used so far: for measuring it. */
function usage(): object {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpu_ms: (user + system) / 1000, rss_bytes: rss, heap_bytes: heapUsed };
}
