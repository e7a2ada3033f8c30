import { type Finding, fail, ok, skipped, warn } from '../../domain/health.ts';
import type { ProviderFacts, WorkFacts } from './work-facts.ts';

const minute = 60_000;

/** How late work may be before it is said, and before it is an alarm, in milliseconds. The second is that of /readyz. */
const patience = { soon: minute, late: 5 * minute };
/** Mail holds up nothing but itself. */
const mailPatience = { soon: 10 * minute, late: 6 * 60 * minute };
/** Events are fetched every half minute. */
const pollPatience = { soon: 2 * minute, late: 15 * minute };

const noWorker = 'Start a worker; where one runs, its log says what it waits for.';

/** Whether the shop's own work gets on, and what of it waits for a person. */
export function judgeWork(facts: WorkFacts, now: number): Finding[] {
  return [
    judgeAge('inbox', 'event', facts.inboxAge, patience, noWorker),
    judgeAge('outbox', 'effect', facts.outboxAge, patience, noWorker),
    judgeAge('mails', 'mail', facts.mailAge, mailPatience, 'Look at the log, then at the mail server.'),
    ...facts.providers.flatMap((provider) => [judgePoll(provider, now), judgeDelivery(provider, facts, now)]),
    judgeForPerson(
      'parked events',
      facts.parkedEvents,
      'event named what this database does not have',
      'events named what this database does not have',
      'Was an old backup restored? Compare with Stripe: npm run reconcile -- --since 30d.',
    ),
    judgeForPerson(
      'dead effects',
      facts.deadEffects,
      'effect was given up',
      'effects were given up',
      'npm run breaks says which and why; mend the cause, do it by hand, close the break.',
    ),
    judgeBreaks(facts),
  ];
}

function judgeAge(
  name: string,
  what: string,
  age: number,
  { soon, late }: { soon: number; late: number },
  todo: string,
): Finding {
  if (age <= soon) return ok(name, `No ${what} is late.`);
  const found = `The oldest ${what} is ${inWords(age)} late.`;
  return age > late ? fail(name, found, todo) : warn(name, found, todo);
}

function judgePoll({ poll }: ProviderFacts, now: number): Finding {
  const name = 'poll';
  if (poll === null) return skipped(name, 'Events were never fetched: no worker has run yet.');
  const age = Math.max(0, now - poll.at);
  const found = `Events were last fetched ${inWords(age)} ago.`;
  if (age <= pollPatience.soon) return ok(name, found);
  const todo = 'Start a worker; where one runs, it cannot reach Stripe.';
  return age > pollPatience.late ? fail(name, found, todo) : warn(name, found, todo);
}

function judgeDelivery({ poll }: ProviderFacts, { openBreaks }: WorkFacts, now: number): Finding {
  const name = 'deliveries';
  const delivered = poll?.delivered ?? null;
  const last =
    delivered === null
      ? 'No event was delivered yet'
      : `The last event that was delivered is ${inWords(Math.max(0, now - delivered))} old`;
  const todo =
    'Look at the endpoint’s address, signing secret and events in Stripe, and at what stands before the shop. Nothing is lost: they were fetched.';
  if (openBreaks.some(({ kind }) => kind === 'webhooks_missing'))
    return fail(name, `${last}, and others did not arrive.`, todo);
  if (delivered !== null) return ok(name, `${last}.`);
  return poll === null || poll.found === 0
    ? skipped(name, `${last}, and there was none to deliver.`)
    : warn(name, `${last}; ${poll.found} were fetched instead.`, todo);
}

function judgeForPerson(name: string, count: number, one: string, several: string, todo: string): Finding {
  if (count === 0) return ok(name, 'None waits for a person.');
  return warn(name, `${count} ${count === 1 ? one : several}.`, todo);
}

function judgeBreaks({ openBreaks }: WorkFacts): Finding {
  const name = 'breaks';
  if (openBreaks.length === 0) return ok(name, 'No difference is open.');
  const kinds = openBreaks.map(({ kind, count }) => `${count} ${kind}`).toSorted();
  return warn(
    name,
    `Open: ${kinds.join(', ')}.`,
    'npm run breaks lists them; docs/operating.md says what each kind means.',
  );
}

function inWords(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 2 * 3_600) return `${Math.round(seconds / 60)} min`;
  return seconds < 48 * 3_600 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}
