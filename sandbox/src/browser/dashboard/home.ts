import { testCards } from '../../cards.ts';
import { html } from '../html.ts';
import { formatMoney } from '../money.ts';
import { formatCardNumber } from '../shared/card.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { dashboardPage, statusPill, table, time } from './layout.ts';
import { type ApiObject, readList } from './read.ts';

/** `/`: the latest payments, sessions and events, and the cards to pay with. */
export async function homePage({ api }: BrowserRequest): Promise<BrowserReply> {
  const [payments, sessions, events] = await Promise.all([
    readList(api, '/v1/payment_intents?limit=20'),
    readList(api, '/v1/checkout/sessions?limit=10'),
    readList(api, '/v1/events?limit=20'),
  ]);
  return dashboardPage(
    'Overview',
    html`<h1>Overview</h1>
<section><h2>Latest payments</h2>${paymentTable(payments)}</section>
<section><h2>Latest checkout sessions</h2>${sessionTable(sessions)}</section>
<section><h2>Latest events</h2>${eventTable(events)}</section>
<section><h2>Test cards</h2><p class="hint">Only these numbers work, with any future date and any security code. Everything else is refused.</p>${cardTable()}</section>`,
  );
}

function paymentTable(payments: ApiObject[]) {
  const columns = [
    { title: 'Payment' },
    { title: 'Status' },
    { title: 'Amount', numeric: true } as const,
    { title: 'Created' },
  ];
  const rows = payments.map((payment) => [
    html`<a href="/payments/${payment.id}"><code>${payment.id}</code></a>`,
    statusPill(payment.status),
    `${formatMoney(payment.amount, payment.currency)} ${payment.currency.toUpperCase()}`,
    time(payment.created),
  ]);
  return table(
    'Latest payments',
    columns,
    rows,
    'No payments yet. They appear here as soon as a shop creates one.',
  );
}

function sessionTable(sessions: ApiObject[]) {
  const columns = [
    { title: 'Session' },
    { title: 'Status' },
    { title: 'Total', numeric: true } as const,
    { title: 'Payment' },
  ];
  const rows = sessions.map((session) => [
    session.url
      ? html`<a href="${session.url}"><code>${short(session.id)}</code></a>`
      : html`<code>${short(session.id)}</code>`,
    statusPill(session.status),
    `${formatMoney(session.amount_total ?? 0, session.currency)} ${session.currency.toUpperCase()}`,
    session.payment_intent
      ? html`<a href="/payments/${session.payment_intent}"><code>${session.payment_intent}</code></a>`
      : '—',
  ]);
  return table('Latest checkout sessions', columns, rows, 'No checkout sessions yet.');
}

export function eventTable(events: ApiObject[]) {
  const columns = [
    { title: 'Event' },
    { title: 'Type' },
    { title: 'About' },
    { title: 'Webhooks' },
    { title: 'Created' },
  ];
  const rows = events.map((event) => [
    html`<code>${event.id}</code>`,
    event.type,
    html`<code>${short(event.data.object.id)}</code>`,
    html`<span data-deliveries-of="${event.id}">${event.pending_webhooks} to deliver</span>`,
    time(event.created),
  ]);
  return table('Events', columns, rows, 'No events yet.');
}

/** What a card does, in the words of its own row of the table. */
function cardTable() {
  const rows = testCards
    .filter((card) => !card.notBuilt)
    .map((card) => [html`<code>${formatCardNumber(card.number)}</code>`, card.brand, outcome(card)]);
  return table('Test cards', [{ title: 'Number' }, { title: 'Brand' }, { title: 'Outcome' }], rows, '');
}

function outcome(card: (typeof testCards)[number]): string {
  const parts: string[] = [];
  if (card.authentication === 'always') parts.push('asks for 3D Secure');
  else if (card.authentication === 'optional') parts.push('3D Secure possible, not asked');
  else if (card.authentication) parts.push(`asks for 3D Secure ${card.authentication.replaceAll('_', ' ')}`);
  if (card.authenticationBroken) parts.push('the bank cannot authenticate');
  if (card.decline) parts.push(`declined: ${card.decline.replaceAll('_', ' ')}`);
  if (card.cvcCheck === 'fail' && !card.decline) parts.push('security code check fails');
  if (card.postalCodeCheck === 'fail') parts.push('postal code check fails');
  if (card.line1Check === 'fail') parts.push('street check fails');
  if (card.risk && !card.decline) parts.push(`risk ${card.risk}`);
  if (!card.decline && !card.authenticationBroken) parts.push(parts.length > 0 ? 'then paid' : 'paid');
  return parts.join(', ');
}

function short(id: string | undefined): string {
  if (!id) return '—';
  return id.length > 32 ? `${id.slice(0, 18)}…${id.slice(-6)}` : id;
}
