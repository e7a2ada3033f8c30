import { startSandbox } from '../../../sandbox/src/server.ts';
import type { FrozenPayment, NextStep } from '../../src/app/ports.ts';
import { bankTransferProvider } from '../../src/providers/bank-transfer/provider.ts';
import { describeProvider } from '../../src/providers/provider.suite.ts';
import { stripeProvider } from '../../src/providers/stripe/provider.ts';
import { pay, visa } from '../support/customer.ts';
import { listAll } from '../support/stripe-record.ts';

describeProvider('stripe', ['hosted', 'elements'], async () => {
  const sandbox = await startSandbox();
  const provider = stripeProvider({
    timeout: 15_000,
    secretKey: 'sk_test_shop',
    webhookSecret: 'whsec_test_of_the_suite',
    apiBase: sandbox.url,
    live: false,
    dashboardBase: 'https://d',
  });
  const payBy = async (next: NextStep) => {
    const paid = await pay({ url: '', sandbox }, { payment: {} as never, ...next }, visa);
    if (paid.status !== 200) throw new Error(JSON.stringify(paid.body));
  };
  return {
    provider,
    now: Date.now(),
    pay: async ({ next }) => await payBy(next),
    keptEvent: async () => {
      const payment = { ...forEvents, paymentId: 'pay_kept', expiresAt: Date.now() + 3_600_000 };
      const { next } = await provider.start(payment);
      if ((await provider.resume(await provider.start(payment), payment)).state === 'payable')
        await payBy(next);
      const events = await listAll<{ id: string; type: string }>(sandbox.url, '/v1/events');
      return JSON.stringify(events.find(({ type }) => type === 'payment_intent.succeeded'));
    },
    stop: async () => await sandbox.close(),
  };
});

const booking = {
  instanceId: 'ins_suite',
  orderId: 'ord_kept',
  paymentId: 'pay_kept',
  live: false,
  amount: 4200,
  currency: 'eur',
  bankReference: 'NTRF 1',
  receivedAt: null,
};

describeProvider('bank-transfer', ['transfer'], async () => ({
  provider: bankTransferProvider({
    account: () => ({ accountHolder: 'Larkhouse', iban: 'DEMO 0000', bic: null, bankName: null }),
    live: false,
  }),
  now: Date.now(),
  // It arrives at the bank, of which the provider hears nothing.
  pay: async () => {},
  keptEvent: async () => JSON.stringify(booking),
  stop: async () => {},
}));

const forEvents: Omit<FrozenPayment, 'paymentId' | 'expiresAt'> = {
  orderId: 'ord_kept',
  orderNumber: '7K3M-92QX',
  instanceId: 'ins_suite',
  flow: 'elements',
  amount: 4200,
  currency: 'eur',
  email: 'ada@example.com',
  lines: [],
  successUrl: 'http://localhost/payment/success?order=1',
  cancelUrl: 'http://localhost/payment/cancel?order=1',
};
