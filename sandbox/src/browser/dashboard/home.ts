import { testCards } from '../../cards.ts';
import { type Html, html } from '../html.ts';
import { formatCardNumber } from '../shared/card.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { dashboardPage, table } from './layout.ts';
import { readList } from './read.ts';
import { disputeTable, eventTable, paymentTable, refundTable, sessionTable, words } from './tables.ts';

/** `/`: the latest of everything, and the cards to pay with. */
export async function homePage({ api }: BrowserRequest): Promise<BrowserReply> {
  const [payments, sessions, refunds, disputes, events] = await Promise.all([
    readList(api, '/v1/payment_intents?limit=10'),
    readList(api, '/v1/checkout/sessions?limit=10'),
    readList(api, '/v1/refunds?limit=5'),
    readList(api, '/v1/disputes?limit=5'),
    readList(api, '/v1/events?limit=20'),
  ]);
  const body = html`<h1>Overview</h1>
${latest('Latest payments', '/payments', paymentTable(payments))}
${latest('Latest checkout sessions', '/sessions', sessionTable(sessions))}
${refunds.length > 0 && latest('Latest refunds', '/refunds', refundTable(refunds))}
${disputes.length > 0 && latest('Latest disputes', '/disputes', disputeTable(disputes))}
${latest('Latest events', '/events', eventTable(events))}
<section><h2>Test cards</h2><p class="hint">Only these numbers work, with any future date and any security code. Everything else is refused.</p>${cardTable()}</section>`;
  return dashboardPage({ title: 'Overview', path: '/', body });
}

function latest(title: string, path: string, rows: Html): Html {
  return html`<section><div class="heading"><h2>${title}</h2><a href="${path}">All</a></div>${rows}</section>`;
}

/** What a card does, in the words of its own row of the table. */
function cardTable(): Html {
  const rows = testCards
    .filter((card) => !card.notBuilt)
    .map((card) => [html`<code>${formatCardNumber(card.number)}</code>`, card.brand, outcome(card)]);
  return table('Test cards', [{ title: 'Number' }, { title: 'Brand' }, { title: 'Outcome' }], rows, '');
}

function outcome(card: (typeof testCards)[number]): string {
  const parts: string[] = [];
  if (card.authentication === 'always') parts.push('asks for 3D Secure');
  else if (card.authentication === 'optional') parts.push('3D Secure possible, not asked');
  else if (card.authentication) parts.push(`asks for 3D Secure ${words(card.authentication)}`);
  if (card.authenticationBroken) parts.push('the bank cannot authenticate');
  if (card.decline) parts.push(`declined: ${words(card.decline)}`);
  if (card.cvcCheck === 'fail' && !card.decline) parts.push('security code check fails');
  if (card.postalCodeCheck === 'fail') parts.push('postal code check fails');
  if (card.line1Check === 'fail') parts.push('street check fails');
  if (card.risk && !card.decline) parts.push(`risk ${card.risk}`);
  if (!card.decline && !card.authenticationBroken) parts.push(parts.length > 0 ? 'then paid' : 'paid');
  return parts.join(', ');
}
