import { bookTransactions } from '../../server/src/app/book-transactions.ts';
import { checkDisputes, checkRefunds } from '../../server/src/app/check-after-sale.ts';
import { checkPayments } from '../../server/src/app/check-payments.ts';
import { pollEvents } from '../../server/src/app/poll-events.ts';
import { reconcile } from '../../server/src/app/reconcile.ts';
import { runInbox } from '../../server/src/jobs/inbox.ts';
import { runMail } from '../../server/src/jobs/mail.ts';
import { runOutbox } from '../../server/src/jobs/outbox.ts';
import { Random } from '../../tools/random.ts';
import { Person } from './client.ts';
import type { World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Steps by which both clocks go on until everything has had its time, in milliseconds: leases and looks, holds, the day
 * after which unknown outcomes are given up, the hold of parts and transfers, and the days of repeated deliveries.
 */
const steps = [2 * minute, 10 * minute, 70 * minute, 3 * hour, day, day, 6 * day, 2 * day];
/** Rounds in which nothing was left to do; two, because one may only just have missed something. */
const quietRounds = 2;
const mostRounds = 2_000;

/** Lets everything come to its end, as it would in the days after the last customer. */
export async function settle(world: World, since: number, tell: (text: string) => void): Promise<void> {
  await quieten(world);
  for (const step of steps) {
    await world.advance(step);
    await quieten(world);
    tell(`${Math.round(step / minute)} minutes later`);
  }
  await carryOutByHand(world);
  await reconcile(world.app, { since, repair: true });
  await quieten(world);
  await bookTransactions(world.app);
}

/** The operators transfer what has to go back by transfer. */
async function carryOutByHand(world: World): Promise<void> {
  const { read } = world.app.database;
  const waiting = read.selectFrom('refunds').select('id').where('provider', '=', 'bank-transfer');
  const operator = new Person(world, new Random(0));
  for (const { id } of await waiting.where('status', '=', 'pending').execute()) {
    const reply = await operator.operator('POST', `/api/admin/refunds/${id}/complete`);
    if (reply.status >= 300) throw new Error(`${id} could not be completed: ${JSON.stringify(reply.body)}`);
  }
}

/** Runs the jobs until none finds anything to do. */
async function quieten(world: World): Promise<void> {
  let quiet = 0;
  for (let round = 0; quiet < quietRounds; round++) {
    if (round === mostRounds) throw new Error('the shop does not come to rest');
    quiet = (await everyJob(world)) === 0 ? quiet + 1 : 0;
  }
}

async function everyJob({ app }: World): Promise<number> {
  let done = 0;
  for (const provider of app.providers.values()) done += (await pollEvents(app, provider)).found;
  done += (await checkPayments(app, 100)).looked + (await checkRefunds(app, 100)).looked;
  done += (await runInbox(app)) + (await runOutbox(app)) + (await runMail(app));
  await checkDisputes(app);
  return done;
}
