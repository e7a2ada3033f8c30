import type { ExperimentKind, LabActor, LabRun, LabStep } from '@paydesk/contract/admin/lab';
import { formatMoney } from '@paydesk/contract/money';
import { isFault } from './experiments.ts';
import { clearFaults, setFault } from './faults.ts';
import type { SandboxClient } from './sandbox.ts';
import { type Customer, payByCard, placeOrder, type ShopApi, startPayment } from './shopper.ts';

export type Bench = {
  sandbox: SandboxClient;
  api: ShopApi;
  now(): number;
  /** A new key for a call that must happen once. */
  key(): string;
  /** Ends the time that an order has to be paid, now. */
  expire(orderId: string): Promise<void>;
};

type Tell = (who: LabActor, text: string) => void;
type Work = Bench & { customer: Customer; tell: Tell };

/** Makes it happen to a test order, up to the moment at which only the shop is left to act. */
export async function runExperiment(bench: Bench, kind: ExperimentKind): Promise<LabRun> {
  const steps: LabStep[] = [];
  const tell: Tell = (who, text) => {
    steps.push({ at: new Date(bench.now()).toISOString(), who, text });
  };
  // What is left of an earlier one would disturb this one.
  await clearFaults(bench.sandbox);
  const customer = await placeOrder(bench.api, bench.key());
  const { id, number, total, lines } = customer.order;
  tell('customer', `Ordered ${lines[0]!.name} for ${formatMoney(total)}: order ${number}.`);
  const work = { ...bench, customer, tell };
  if (isFault(kind)) {
    await setFault(bench.sandbox, kind);
    tell('lab', 'Switched the fault on.');
    await pay(work);
  } else await scripts[kind](work);
  return { kind, order: { id, number }, steps };
}

const scripts = {
  page_expires: pageExpires,
  pay_after_cancel: payAfterCancel,
  pay_after_expiry: payAfterExpiry,
  cancel_after_pay: cancelAfterPay,
  two_tabs: payInTwoTabs,
};

async function pay(work: Work): Promise<void> {
  const secret = await start(work);
  work.tell('customer', `Pressed Pay. ${await payByCard(work.sandbox, secret)}.`);
}

/** Gets the card form, and tells how long that took. */
async function start({ api, customer, now, key, tell }: Work): Promise<string> {
  const before = now();
  const { payment, refusals } = await startPayment(api, customer, { flow: 'elements', key: key() });
  for (const refusal of refusals)
    tell('shop', `Answered ${refusal}; the page asked again under the same key.`);
  const seconds = ((now() - before) / 1_000).toFixed(1);
  tell('shop', `Gave the page its card form after ${seconds} s, as attempt ${payment.payment.attempt}.`);
  return payment.clientSecret ?? '';
}

async function pageExpires({ api, sandbox, customer, now, key, tell }: Work): Promise<void> {
  await startPayment(api, customer, { flow: 'hosted', key: key() });
  tell('customer', 'Opened Stripe’s page, and did not pay.');
  await sandbox.control('POST', 'clock', { advance: '2h' });
  tell('lab', 'Moved Stripe’s clock on by two hours: its page has ended.');
  await sandbox.control('POST', 'clock', { now: String(now()) });
  tell('lab', 'Set Stripe’s clock right again.');
}

async function payAfterCancel(work: Work): Promise<void> {
  const secret = await start(work);
  await cancel(work);
  await payTooLate(work, secret);
}

async function payAfterExpiry(work: Work): Promise<void> {
  const secret = await start(work);
  work.tell('lab', 'Let the time of the order run out.');
  await work.expire(work.customer.order.id);
  await payTooLate(work, secret);
}

async function payTooLate({ sandbox, tell }: Work, secret: string): Promise<void> {
  tell('customer', `Pressed Pay on the old page. ${await payByCard(sandbox, secret)}`);
}

async function cancelAfterPay(work: Work): Promise<void> {
  await setFault(work.sandbox, 'drop_webhook');
  work.tell('lab', 'Switched the webhooks of payments off.');
  await pay(work);
  await cancel(work);
}

/** In another tab, where the order still looks unpaid. */
async function cancel({ api, customer, tell }: Work): Promise<void> {
  const { status, body } = await api<{ order?: { status: string }; error?: { message: string } }>(
    'POST',
    `/api/orders/${customer.order.id}/cancel`,
    { token: customer.token },
  );
  tell(
    'customer',
    status === 200
      ? `Cancelled the order in another tab. It is ${body.order?.status} now.`
      : `Wanted to cancel the order in another tab, and was told: ${body.error?.message ?? status}`,
  );
}

async function payInTwoTabs({ api, sandbox, customer, key, tell }: Work): Promise<void> {
  const tabs = await Promise.all(
    [1, 2].map(() => startPayment(api, customer, { flow: 'elements', key: key() })),
  );
  const [one, other] = tabs.map(({ payment }) => payment);
  tell('shop', `Gave both tabs ${one!.payment.id === other!.payment.id ? 'the same payment' : 'a payment'}.`);
  const answers = await Promise.all(
    [one!, other!].map(({ clientSecret }) => payByCard(sandbox, clientSecret ?? '')),
  );
  for (const [index, answer] of answers.entries())
    tell('customer', `Pressed Pay in tab ${index + 1}. ${answer.replace(/\.?$/, '.')}`);
}
