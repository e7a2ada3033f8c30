import type { PaymentFlow } from '@paydesk/contract/payments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, ProviderError } from '../app/errors.ts';
import type { FrozenPayment, FrozenRefund, NextStep, PaymentProvider, PaymentRefs } from '../app/ports.ts';

/** A provider with what stands behind it, and the customer in front of it. */
export type ProviderAtWork = {
  provider: PaymentProvider;
  /** Epoch milliseconds. */
  now: number;
  /** The customer pays all that was asked for; resolves when the provider has the money. */
  pay(started: PaymentRefs & { next: NextStep }): Promise<void>;
  /** A notification of a payment that succeeded, as the inbox keeps it. */
  keptEvent(): Promise<string>;
  stop(): Promise<void>;
};

type Started = PaymentRefs & { next: NextStep; payment: FrozenPayment };

/**
 * What the shop relies on, whoever takes the money. A new way of paying is done when this passes; what is special about
 * it has tests of its own.
 *
 * @param flows all that it offers
 * @param start puts it to work once, for all tests
 */
export function describeProvider(
  name: string,
  flows: readonly PaymentFlow[],
  start: () => Promise<ProviderAtWork>,
): void {
  describe(`${name}, as every provider`, () => {
    let work: ProviderAtWork;
    beforeAll(async () => {
      work = await start();
    });
    afterAll(async () => await work.stop());
    const current = () => work;

    it('has the name that requests and rows know it by, and at least one flow', () => {
      expect(work.provider.name).toBe(name);
      expect(work.provider.name).toMatch(/^[a-z-]{1,40}$/);
      expect(work.provider.flows.toSorted()).toEqual(flows.toSorted());
    });
    describe.each(flows)('with the flow %s', (flow) => describePayments(current, flow));
    describe('about refunds', () => describeRefunds(current, flows[0]!));
    describe('about what it is told and asked', () => describeKnowledge(current));
  });
}

/** Attempts get numbers, so that each run sends the same bytes. */
let attempts = 0;

function frozenPayment(flow: PaymentFlow, now: number): FrozenPayment {
  attempts += 1;
  const id = `suite${now}x${attempts}`;
  return {
    paymentId: `pay_${id}`,
    orderId: `ord_${id}`,
    orderNumber: '7K3M-92QX',
    instanceId: 'ins_suite',
    flow,
    amount: 4200,
    currency: 'eur',
    email: 'ada@example.com',
    lines:
      flow === 'hosted'
        ? [{ name: 'Mug', description: null, imageUrl: null, unitAmount: 2100, quantity: 2 }]
        : [],
    successUrl: 'http://localhost/payment/success?order=1',
    cancelUrl: 'http://localhost/payment/cancel?order=1',
    expiresAt: now + 3_600_000,
  };
}

function frozenRefund(started: Started, number: number, amount: number): FrozenRefund {
  const { orderId, instanceId, paymentId, currency } = started.payment;
  const refundId = paymentId.replace('pay_', `ref_${number}_`);
  const { intentRef } = started;
  return { refundId, orderId, instanceId, intentRef, chargeRef: null, amount, currency, reason: 'Broken.' };
}

async function startAt({ provider, now }: ProviderAtWork, flow: PaymentFlow): Promise<Started> {
  const payment = frozenPayment(flow, now);
  return { ...(await provider.start(payment)), payment };
}

function refsOf({ sessionRef, intentRef }: PaymentRefs): PaymentRefs {
  return { sessionRef, intentRef };
}

function describePayments(current: () => ProviderAtWork, flow: PaymentFlow): void {
  it('makes one payment however often it is asked for the same attempt', async () => {
    const { provider } = current();
    const { payment, ...first } = await startAt(current(), flow);
    expect(await provider.start(payment)).toEqual(first);
    expect(first.sessionRef ?? first.intentRef).not.toBeNull();
  });

  it('makes two for two attempts', async () => {
    const [one, two] = [await startAt(current(), flow), await startAt(current(), flow)];
    expect(one.sessionRef ?? one.intentRef).not.toBe(two.sessionRef ?? two.intentRef);
  });

  it('tells the customer how to go on, and the same when he comes back', async () => {
    const { next, payment, ...refs } = await startAt(current(), flow);
    const ways = [next.clientSecret, next.url, next.instructions].filter((way) => way !== undefined);
    expect(ways).toHaveLength(1);
    expect(await current().provider.resume(refs, payment)).toEqual({ state: 'payable', next });
  });

  it('ends a payment, however often it is asked', async () => {
    const refs = refsOf(await startAt(current(), flow));
    expect(await current().provider.close(refs)).toBe('closed');
    expect(await current().provider.close(refs)).toBe('closed');
  });

  it('never says that money came which did not', async () => {
    const fact = await current().provider.look(refsOf(await startAt(current(), flow)));
    expect(fact.kind).not.toBe('succeeded');
    expect(fact.live).toBe(current().provider.live);
  });
}

function describeRefunds(current: () => ProviderAtWork, flow: PaymentFlow): void {
  const paid = async (): Promise<Started> => {
    const started = await startAt(current(), flow);
    await current().pay(started);
    // A provider's page names its intent only once it is paid.
    const { intentRef } = await current().provider.look(refsOf(started));
    return { ...started, intentRef: started.intentRef ?? intentRef };
  };

  it('makes one refund however often it is asked for it', async () => {
    const refund = frozenRefund(await paid(), 1, 1000);
    const first = await current().provider.refund(refund);
    expect(first).toMatchObject({ kind: 'refund', refundId: refund.refundId, amount: 1000, currency: 'eur' });
    expect(['pending', 'succeeded']).toContain(first.status);
    expect(await current().provider.refund(refund)).toEqual(first);
  });

  it('makes two of two that are alike but for their ids', async () => {
    const started = await paid();
    const one = await current().provider.refund(frozenRefund(started, 1, 700));
    const two = await current().provider.refund(frozenRefund(started, 2, 700));
    expect(one.refundId).not.toBe(two.refundId);
    if (one.refundRef !== null) expect(one.refundRef).not.toBe(two.refundRef);
  });

  it('lists the refunds it has made, where it knows them, and none for a payment without a name', async () => {
    const started = await paid();
    const made = await current().provider.refund(frozenRefund(started, 1, 700));
    const listed = await current().provider.refundsOf({ intentRef: started.intentRef, chargeRef: null });
    expect(listed).toEqual(current().provider.byHand ? [] : [made]);
    if (made.refundRef !== null) expect(await current().provider.lookRefund(made.refundRef)).toEqual(made);
    expect(await current().provider.refundsOf({ intentRef: null, chargeRef: null })).toEqual([]);
  });

  it('knows nothing of refunds and disputes that do not exist, and says so for good', async () => {
    for (const answer of [
      current().provider.lookRefund('re_unheard_of'),
      current().provider.lookDispute('dp_unheard_of'),
    ]) {
      const error = await answer.then(() => null).catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(ProviderError);
      expect((error as ProviderError).failure).toBe('refused');
    }
  });
}

function describeKnowledge(current: () => ProviderAtWork): void {
  it.each([
    ['without a signature', undefined],
    ['with an empty one', ''],
    ['with one that somebody made up', 't=1,v1=00'],
  ])('takes no notification %s', async (_name, signature) => {
    const body = Buffer.from(await current().keptEvent());
    // Under whatever name this provider looks for it.
    const header = (name: string) => (name === 'content-type' ? 'application/json' : signature);
    const reading = async () => await current().provider.readEvent({ body, header }, current().now);
    const error = await reading()
      .then(() => null)
      .catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('invalid_signature');
  });

  it('reads what was kept, the same each time, and lets no secret in', async () => {
    const { provider } = current();
    const kept = provider.withoutSecrets(await current().keptEvent());
    expect(provider.withoutSecrets(kept)).toBe(kept);
    const event = provider.readStored(kept);
    expect(event).toMatchObject({ id: expect.stringMatching(/./), fact: { kind: 'succeeded', final: true } });
    expect(provider.readStored(kept)).toEqual(event);
    expect(kept).not.toMatch(/_secret_\w/);
  });

  it('has no page for a payment before it has a name', () => {
    expect(current().provider.dashboardUrl({ sessionRef: null, intentRef: null }, 'operator')).toBeNull();
  });
}
