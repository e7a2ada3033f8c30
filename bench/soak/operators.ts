import { randomUUID } from 'node:crypto';
import type { PlacedOrder } from '@paydesk/contract/orders';
import type { Person } from './client.ts';

/** Gives back an amount in minor units, or all that is left. A refusal is an answer like any other here. */
export async function refund(person: Person, placed: PlacedOrder, amount?: number): Promise<void> {
  const restock = person.random.chance(0.3);
  await person.operator('POST', `/api/admin/orders/${placed.order.id}/refunds`, {
    ...(amount !== undefined && { amount }),
    ...(restock && amount === undefined && { restock: true }),
    reason: 'The customer asked for it.',
  });
}

export async function cancelByOperator(person: Person, placed: PlacedOrder): Promise<void> {
  await person.operator('POST', `/api/admin/orders/${placed.order.id}/cancel`);
}

/** What an operator does with a line of the bank statement; sometimes twice, by mistake. */
export async function recordTransfer(person: Person, placed: PlacedOrder, amount: number): Promise<void> {
  const bankReference = `BOOKING-${randomUUID()}`;
  const path = `/api/admin/orders/${placed.order.id}/transfers`;
  await person.operator('POST', path, { amount, bankReference });
  if (person.random.chance(0.2)) await person.operator('POST', path, { amount, bankReference });
}

/** A refund that somebody makes in Stripe's dashboard. */
export async function refundAtStripe(person: Person, intent: string, amount?: number): Promise<void> {
  const form = { payment_intent: intent, ...(amount !== undefined && { amount: String(amount) }) };
  await person.stripe('POST', '/v1/refunds', form, true);
}

type Disputes = { data: { id: string }[] };

export async function answerDispute(
  person: Person,
  intent: string,
  evidence: 'winning' | 'losing',
): Promise<void> {
  const { body } = await person.stripe<Disputes>(
    'GET',
    `/v1/disputes?payment_intent=${intent}`,
    undefined,
    true,
  );
  const form = { 'evidence[uncategorized_text]': `${evidence}_evidence` };
  for (const { id } of body.data ?? []) await person.stripe('POST', `/v1/disputes/${id}`, form, true);
}
