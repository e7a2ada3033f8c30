import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { actionButton } from './forms.ts';
import { dashboardPage, facts, notFoundPage, statusPill, time, trail } from './layout.ts';
import { type ApiObject, readNewestEvents, readObject } from './read.ts';
import { eventTable, paymentLink, words } from './tables.ts';

/** `/disputes/:dp`: what a cardholder complains about, and the two ways it can end. */
export async function disputePage(
  { api }: BrowserRequest,
  id: string,
  problem: string | null = null,
): Promise<BrowserReply> {
  const dispute = await readObject(api, `/v1/disputes/${id}`);
  if (!dispute) return notFoundPage('/disputes', 'dispute', id);
  const events = await readNewestEvents(api);
  const own = events.filter(({ data: { object } }) => object.id === id);
  const body = html`${trail('/disputes', 'Disputes', id)}
<h1>${formatMoney(dispute.amount, dispute.currency)} <span class="currency">${dispute.currency.toUpperCase()}</span> ${statusPill(dispute.status)}</h1>
${actions(dispute)}
${facts([
  ['Dispute', html`<code>${id}</code>`],
  ['Reason', words(dispute.reason)],
  ['Opened', time(dispute.created)],
  ['Evidence due', dispute.evidence_details?.due_by ? time(dispute.evidence_details.due_by) : null],
  ['Payment', dispute.payment_intent ? paymentLink(dispute.payment_intent) : null],
  ['Charge', html`<code>${dispute.charge}</code>`],
])}
<section><h2>Events</h2>${eventTable(own)}</section>`;
  return dashboardPage({ title: id, path: '/disputes', body, problem });
}

/** Stripe's test evidence decides: these are the two texts that win and lose. */
function actions({ id, status }: ApiObject): Html | false {
  if (!['needs_response', 'warning_needs_response'].includes(status)) return false;
  return html`<div class="actions">
${actionButton(`/disputes/${id}/evidence`, 'Answer and win', { text: 'winning_evidence' })}
${actionButton(`/disputes/${id}/evidence`, 'Answer and lose', { text: 'losing_evidence' })}
${actionButton(`/disputes/${id}/close`, 'Accept the dispute')}
</div>`;
}
