import type { Currency } from '@paydesk/contract/money';
import type { PaymentFlow, StartedPayment } from '@paydesk/contract/payments';
import type { Last } from '../db/database.ts';
import { releaseKey } from '../db/idempotency.ts';
import { findLines, lockOrder, type OrderRow, touchOrder } from '../db/orders.ts';
import { insertEffect } from '../db/outbox.ts';
import { findPayment, findPayments, insertPayment, type PaymentRow } from '../db/payments.ts';
import type { Tx } from '../db/schema.ts';
import { chargeable } from '../domain/money.ts';
import { dueOf, isPaidLike, isPayable } from '../domain/order.ts';
import { closePayment, frozenOf, refsOf } from './close-payment.ts';
import { createAtProvider } from './create-at-provider.ts';
import { draftPayment } from './draft-payment.ts';
import { AppError, ProviderError } from './errors.ts';
import { type Caller, requireHolder } from './find-order.ts';
import { freezePayment } from './freeze-payment.ts';
import { claim, finish, type RequestKey, requestKey } from './idempotency.ts';
import type { App, NextStep, PaymentProvider } from './ports.ts';
import { presentPayment } from './present-order.ts';
import { recoverAttempt } from './recover-attempt.ts';

/** The outbox gives the request that made an attempt this long to create it at the provider, in milliseconds. */
const createGrace = 15_000;
/** A provider's page stays open at least 30 minutes (Stripe's rule for Checkout Sessions), so the hold must last longer. */
const shortestHold = 32 * 60_000;
/** Attempts that turn out to be over are replaced; two in a row already mean that something else is wrong. */
const mostRounds = 4;

/** @property caller what the caller shows to be let in to the order */
export type StartPayment = {
  orderId: string;
  caller: Caller;
  method: string;
  /** The provider's first one where none is named. */
  flow?: PaymentFlow | undefined;
  /** Minor units: a part of what is due. All of it where none is named. */
  amount?: number | undefined;
  key: string | undefined;
};

/** What the first transaction decided: go on with a live attempt, or end one that does not fit. */
type Plan =
  | { do: 'replay'; payment: PaymentRow }
  | { do: 'create' | 'resume' | 'close'; payment: PaymentRow };

/**
 * T2, S1, T3: gives the customer a way to pay what is due or a part of it, and never more than one at a time: a live attempt
 * is used again; one that failed, or does not fit, is ended at the provider before a new one is made.
 *
 * @throws AppError order_not_found (also for somebody without its token), order_already_paid, order_not_payable,
 *   payment_amount_too_large, payment_amount_too_small, payment_in_progress, payment_provider_refused, payment_provider_unavailable, unknown_payment_method,
 *   too_many_requests, idempotency_key_reused
 */
export async function startPayment(app: App, request: StartPayment): Promise<StartedPayment> {
  const { provider, flow } = providerFor(app, request);
  const key = requestKey(`pay:${request.orderId}`, request.key, {
    method: request.method,
    flow: request.flow,
    amount: request.amount,
  });
  let claimed = false;
  let mayReplace = true;
  try {
    for (let round = 1; round <= mostRounds; round += 1) {
      const plan = await app.database.transaction((tx, last) =>
        planAttempt(app, tx, last, { provider, flow, request }, claimed ? null : key),
      );
      claimed = true;
      const started = await carryOut(app, provider, plan, { key, mayReplace });
      if (started) return started;
      // A provider that gives no answer twice gives none to a third attempt either.
      if (plan.do === 'create') mayReplace = false;
    }
    throw new AppError('payment_in_progress', { retryAfter: 2 });
  } catch (error) {
    // Only what this request has claimed: another one may be at work under the same key.
    if (key && claimed) await app.database.transaction((tx) => releaseKey(tx, key.scope, key.keyHash));
    throw asAppError(error);
  }
}

/** What a customer asks for, with the provider and the flow it names or leaves to us. */
type Wanted = { provider: PaymentProvider; flow: PaymentFlow; request: StartPayment };

function providerFor(app: App, request: StartPayment): Omit<Wanted, 'request'> {
  const provider = app.providers.get(request.method);
  const flow = request.flow ?? provider?.flows.find((one) => app.shop.flows.includes(one));
  if (!provider || !flow || !provider.flows.includes(flow)) throw new AppError('unknown_payment_method');
  return { provider, flow };
}

/** Does what was planned, over the network. Null means: an old attempt was ended, plan again. */
async function carryOut(
  app: App,
  provider: PaymentProvider,
  plan: Plan,
  { key, mayReplace }: { key: RequestKey | null; mayReplace: boolean },
): Promise<StartedPayment | null> {
  switch (plan.do) {
    case 'replay':
      return await replay(app, provider, plan.payment);
    case 'create':
      return await create(app, provider, plan.payment, { key, mayReplace });
    case 'resume': {
      const resumed = await provider.resume(refsOf(plan.payment), frozenOf(plan.payment));
      if (resumed.state === 'taken') throw new AppError('payment_in_progress', { retryAfter: 2 });
      if (resumed.state === 'payable') {
        if (key) await app.database.transaction((tx) => finishKey(tx, key, plan.payment));
        return present(app, plan.payment, resumed.next);
      }
      await closePayment(app, plan.payment);
      return null;
    }
    case 'close': {
      const outcome = await closePayment(app, plan.payment);
      if (outcome === 'taken') throw new AppError('payment_in_progress', { retryAfter: 2 });
      return null;
    }
  }
}

/** Where the provider gave no answer its list tells: then the attempt is taken up, or the next one may begin. */
async function create(
  app: App,
  provider: PaymentProvider,
  payment: PaymentRow,
  { key, mayReplace }: { key: RequestKey | null; mayReplace: boolean },
): Promise<StartedPayment | null> {
  try {
    const created = await createAtProvider(app, provider, payment, (tx) => finishKey(tx, key, payment));
    return present(app, created.payment, created.next);
  } catch (error) {
    // Without any answer the same key may still bring one.
    if (!(error instanceof ProviderError) || !error.isKeySpent || !mayReplace) throw error;
    const recovered = await recoverAttempt(app, payment).catch(() => {
      throw error;
    });
    if (recovered.state === 'gone') return null;
    return await carryOut(app, provider, { do: 'resume', payment: recovered.payment }, { key, mayReplace });
  }
}

async function planAttempt(
  app: App,
  tx: Tx,
  last: Last,
  wanted: Wanted,
  key: RequestKey | null,
): Promise<Plan> {
  const { request } = wanted;
  const now = app.clock.now();
  const locked = lockOrder(tx, request.orderId);
  const others = Promise.all([findPayments(tx, request.orderId), key ? claim(tx, key, now) : null]);
  // They travel together, but whoever may not see the order is told nothing else.
  others.catch(() => {});
  const order = requireHolder(app, await locked, request.caller);
  const [payments, claimed] = await others;
  if (claimed?.state === 'done') return { do: 'replay', payment: await replayed(tx, claimed.reply) };
  requirePayable(app, order, payments, now);
  const amount = amountOf(order, wanted);
  const live = payments.find((payment) => payment.closed_at === null);
  const plan = live && planWithLive(live, wanted, amount);
  // What is no longer offered may be finished, not begun.
  const begins = plan === undefined || plan.do === 'close';
  if (begins && !app.shop.flows.includes(wanted.flow)) throw new AppError('unknown_payment_method');
  if (plan) return plan;
  const attempt = (payments.at(-1)?.attempt ?? 0) + 1;
  return { do: 'create', payment: await insertAttempt(app, tx, last, wanted, order, { attempt, amount }) };
}

function requirePayable(app: App, order: OrderRow, payments: PaymentRow[], now: number): void {
  if (isPaidLike(order.status)) throw new AppError('order_already_paid');
  if (order.status === 'processing') throw new AppError('payment_in_progress', { retryAfter: 5 });
  // Nothing is held any more for an order whose time is over, although the clock's job may not have come by yet.
  if (!isPayable(order.status) || order.closing !== null || order.expires_at <= now)
    throw new AppError('order_not_payable');
  const failures = payments.filter((payment) => payment.status === 'failed').length;
  if (app.limits.failedPaymentsPerOrder > 0 && failures >= app.limits.failedPaymentsPerOrder) {
    throw new AppError('too_many_requests', { retryAfter: 600 });
  }
}

/**
 * What this attempt is to take: never more than is due, and never so much that a rest stays which no card could pay. Where
 * the customer decides how much arrives, no part is too small.
 */
function amountOf(order: OrderRow, { provider, request }: Wanted): number {
  const due = dueOf(order);
  const amount = request.amount ?? due;
  const details = { due, currency: order.currency };
  if (amount > due) throw new AppError('payment_amount_too_large', { details });
  if (provider.anyAmount) return amount;
  const parts = amount === due ? [amount] : [amount, due - amount];
  if (parts.some((part) => chargeable(part, order.currency as Currency) !== 'yes'))
    throw new AppError('payment_amount_too_small', { details });
  return amount;
}

function planWithLive(live: PaymentRow, { provider, flow }: Wanted, amount: number): Plan {
  if (live.status === 'processing') throw new AppError('payment_in_progress', { retryAfter: 5 });
  const fits = live.provider === provider.name && live.flow === flow && live.amount === amount;
  if (!fits || live.status === 'failed') return { do: 'close', payment: live };
  const known = live.intent_ref !== null || live.session_ref !== null;
  return { do: known ? 'resume' : 'create', payment: live };
}

async function insertAttempt(
  app: App,
  tx: Tx,
  last: Last,
  { provider, flow }: Wanted,
  order: OrderRow,
  { attempt, amount }: { attempt: number; amount: number },
): Promise<PaymentRow> {
  const now = app.clock.now();
  const hold = flow === 'transfer' ? app.shop.longHoldFor : shortestHold;
  const expiresAt = Math.max(order.expires_at, now + hold);
  const id = app.ids.next('pay');
  const frozen = freezePayment(
    app,
    { id, flow, amount },
    { ...order, expires_at: expiresAt },
    flow === 'hosted' ? await findLines(tx, order.id) : [],
  );
  const payment = draftPayment(app, provider, order, { attempt, frozen });
  const writes = Promise.all([
    insertPayment(tx, payment),
    insertEffect(tx, {
      kind: 'payment.create',
      orderId: order.id,
      subjectId: id,
      notBefore: now + createGrace,
      now,
    }),
    expiresAt > order.expires_at ? touchOrder(tx, order.id, { expires_at: expiresAt }) : undefined,
  ]);
  last(writes);
  return payment;
}

async function finishKey(tx: Tx, key: RequestKey | null, payment: PaymentRow): Promise<void> {
  // Only which attempt it was: the secret that lets somebody pay is never stored, it is asked for again.
  if (key) await finish(tx, key, 201, payment.id);
}

async function replayed(tx: Tx, paymentId: string): Promise<PaymentRow> {
  const payment = await findPayment(tx, paymentId);
  if (!payment) throw new AppError('order_not_found');
  return payment;
}

async function replay(app: App, provider: PaymentProvider, payment: PaymentRow): Promise<StartedPayment> {
  const resumed = await provider.resume(refsOf(payment), frozenOf(payment));
  return present(app, payment, resumed.state === 'payable' ? resumed.next : {});
}

function present(app: App, payment: PaymentRow, next: NextStep): StartedPayment {
  const { clientSecret, url } = next;
  return {
    // Instructions are a part of the payment.
    payment: presentPayment(app, payment),
    ...(clientSecret !== undefined && { clientSecret }),
    ...(url !== undefined && { url }),
  };
}

function asAppError(error: unknown): unknown {
  if (!(error instanceof ProviderError)) return error;
  return error.failure === 'refused'
    ? new AppError('payment_provider_refused', { cause: error })
    : new AppError('payment_provider_unavailable', { retryAfter: 5, cause: error });
}
