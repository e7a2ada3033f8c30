import { checkDisputes, checkRefunds } from '../app/check-after-sale.ts';
import { type Checked, checkPayments } from '../app/check-payments.ts';
import type { App } from '../app/ports.ts';
import { setTurn, takeTurn } from '../db/settings.ts';
import { makeBucket } from './bucket.ts';

/** Calls to providers that checking may cost. Stripe allows 25 a second in test mode; customers come first. */
const rate = { perSecond: 10, most: 20 };
/** Calls at once. */
const atOnce = 10;
/** A provider that is away is left alone for this long, in milliseconds. */
const rest = 30_000;
const hour = 3_600_000;

/** Looks at what is open at the providers: attempts on their schedule, refunds and disputes once an hour. */
export function paymentChecks(app: App): () => Promise<number> {
  const bucket = makeBucket(app.clock, rate);
  return async () => {
    const budget = bucket.take(atOnce);
    if (budget === 0) return 0;
    const payments = await checkPayments(app, budget);
    const refunds = await checkRefunds(app, Math.max(1, budget - payments.looked));
    const disputes = await checkDisputesHourly(app);
    if (payments.isAway || refunds.isAway || disputes.isAway) bucket.pause(rest);
    return payments.looked + refunds.looked;
  };
}

async function checkDisputesHourly(app: App): Promise<Checked> {
  const turn = { now: app.clock.now(), interval: hour };
  if (!(await takeTurn(app.database, 'disputes', turn))) return { looked: 0, isAway: false };
  const checked = await checkDisputes(app);
  if (checked.isAway) await app.database.transaction((tx) => setTurn(tx, 'disputes', app.clock.now() + rest));
  return checked;
}
