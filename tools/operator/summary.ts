import type { AdminOrder } from '@paydesk/contract/admin';
import { formatMoney } from '@paydesk/contract/money';

/** An order for people: what it is, where its money is, what is still to be done, and how it came to be so. */
export function summary(seen: AdminOrder): string {
  const { order } = seen;
  const { contact, received, due, refunded } = order;
  return [
    `Order ${order.number} (${order.id}) is ${order.status}, its stock ${seen.hold}`,
    `  for ${contact.firstName} ${contact.lastName} <${contact.email}>`,
    ...order.lines.map(({ quantity, name, total }) => `  ${quantity} × ${name}  ${formatMoney(total)}`),
    `  total ${formatMoney(order.total)}, received ${formatMoney(received)}, due ${formatMoney(due)}, refunded ${formatMoney(refunded)}`,
    ...section('Payments', payments(seen)),
    ...section('Refunds', refunds(seen)),
    ...section('Disputes', disputes(seen)),
    ...section('Open breaks', breaks(seen)),
    ...section('Still to be done', waiting(seen)),
    ...section('Timeline', timeline(seen)),
  ].join('\n');
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function payments({ order, payments: facts }: AdminOrder): string[] {
  return order.payments.map((payment) => {
    const own = facts.find(({ id }) => id === payment.id);
    const sums = `${formatMoney(payment.received)} received, ${formatMoney(payment.refunded)} refunded`;
    const name = own?.paymentReference ?? own?.sessionReference ?? payment.id;
    const failure = own?.failureCode ? `, ${own.failureCode}` : '';
    return `${payment.id}  ${payment.provider} ${payment.status}${failure}: ${formatMoney(payment.amount)} asked, ${sums} (${name})`;
  });
}

function refunds({ order, refunds: facts }: AdminOrder): string[] {
  return order.refunds.map((refund) => {
    const own = facts.find(({ id }) => id === refund.id);
    const failure = own?.failureCode ? `, ${own.failureCode}` : '';
    return `${refund.id}  ${refund.status}${failure}: ${formatMoney(refund.amount)}, by ${own?.requestedBy}. ${refund.reason}`;
  });
}

function disputes({ order }: AdminOrder): string[] {
  return order.disputes.map(({ id, status, amount, reason, funds }) => {
    return `${id}  ${status}: ${formatMoney(amount)}, ${reason}, funds ${funds}`;
  });
}

function breaks({ breaks: all }: AdminOrder): string[] {
  return all
    .filter(({ closedAt }) => closedAt === null)
    .map(({ id, kind, detail }) => `${id}  ${kind}: ${detail}`);
}

function waiting({ effects }: AdminOrder): string[] {
  return effects
    .filter(({ doneAt }) => doneAt === null)
    .map(({ key, dueAt, attempts, lastError, gaveUpAt }) => {
      const state = gaveUpAt === null ? `due ${dueAt}` : `given up ${gaveUpAt}`;
      return `${key}  ${state}, tried ${attempts} times${lastError === null ? '' : `: ${lastError}`}`;
    });
}

function timeline({ order }: AdminOrder): string[] {
  return order.timeline.map(({ at, actor, type, message }) => `${at}  ${actor}  ${type}  ${message}`);
}
