import { CALL_FAULTS, WEBHOOK_FAULTS } from '../../faults/faults.ts';
import { triggerableEvents } from '../../triggers/scenarios.ts';
import { type Html, html } from '../html.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { actionButton } from './forms.ts';
import { dashboardPage, table } from './layout.ts';
import type { ApiObject } from './read.ts';
import { words } from './tables.ts';

/** `/controls`: time, delays and faults, for trying what happens when something is late or goes wrong. */
export async function controlsPage(
  { control }: BrowserRequest,
  problem: string | null = null,
): Promise<BrowserReply> {
  const [clock, settings, faults] = await Promise.all(
    ['clock', 'settings', 'faults'].map((name) => control('GET', `/_sandbox/${name}`, null)),
  );
  const body = html`<h1>Controls</h1>
<section><h2>Clock</h2>${clockForms(clock!.body)}</section>
<section><h2>Trigger</h2>
<p class="hint">Lets an event really happen, with the objects it is about.</p>
<form method="post" action="/controls/trigger/run" class="amount">
<label for="trigger-event">Event</label><select id="trigger-event" name="event">${triggerableEvents.map((event) => html`<option>${event}</option>`)}</select>
<button class="button small">Trigger</button></form></section>
<section><h2>Faults</h2>
<p class="hint">Rules that let calls and webhooks go wrong. Each says on which, and how often.</p>
${faultTable(faults!.body.data ?? [])}
<div class="columns">${faultForm(callFaults)}${faultForm(webhookFaults)}</div></section>
<section><h2>Delays</h2>${settingsForm(settings!.body)}</section>`;
  return dashboardPage({
    title: 'Controls',
    path: '/controls',
    body,
    problem,
  });
}

const jumps = [
  ['1m', '1 minute'],
  ['1h', '1 hour'],
  ['1d', '1 day'],
  ['7d', '7 days'],
] as const;

function clockForms(clock: ApiObject): Html {
  if (clock.error) return html`<p class="empty">${clock.error.message}</p>`;
  const move = (fields: Record<string, string>, label: string) =>
    actionButton('/controls/clock/move', label, fields);
  return html`<p>It is <strong>${clock.iso.slice(0, 19).replace('T', ' ')} UTC</strong> here${clock.frozen && ', and time stands still'}.
Expiries, retries, bookings and bank answers follow this clock.</p>
<div class="actions">${jumps.map(([advance, label]) => move({ advance }, `Forward ${label}`))}
${clock.frozen ? move({ resume: 'true' }, 'Let time go on') : move({ freeze: 'true' }, 'Hold time')}</div>`;
}

function faultTable(rules: ApiObject[]): Html {
  const rows = rules.map((rule) => [
    words(rule.fault),
    html`<code>${describeMatch(rule)}</code>`,
    rule.hits ?? 0,
    actionButton('/controls/faults/remove', 'Remove', { id: rule.id }),
  ]);
  const columns = [
    { title: 'Fault' },
    { title: 'When' },
    { title: 'Hits', numeric: true } as const,
    { title: '' },
  ];
  return table('Faults', columns, rows, 'Nothing goes wrong on purpose.');
}

function describeMatch(rule: ApiObject): string {
  const match = Object.entries(rule.match ?? rule.webhook ?? {}).map(([name, value]) => `${name}=${value}`);
  const where = rule.match ? 'calls' : 'webhooks';
  const wait = rule.ms ? ` for ${rule.ms} ms` : '';
  return `${where} ${match.join(' ') || 'all'}${wait}`;
}

interface FaultForm {
  title: string;
  faults: readonly string[];
  /** `match` for calls, `webhook` for deliveries. */
  group: string;
  /** What the rule looks at, as the rule's own field and as people call it. */
  target: { name: string; label: string; example: string };
  /** The fault that takes milliseconds. */
  timed: string;
}

function faultForm({ title, faults, group, target, timed }: FaultForm): Html {
  return html`<form method="post" action="/controls/faults/add" class="fields"><h3>${title}</h3>
${select(`${group}-fault`, 'fault', 'What happens', faults)}
${field(`${group}-${target.name}`, `${group}[${target.name}]`, target.label, target.example)}
${field(`${group}-times`, `${group}[times]`, 'How often at most', '1')}
${field(`${group}-ms`, 'ms', `Milliseconds, for ${timed}`, '')}
<button class="button small">Add</button></form>`;
}

const callFaults: FaultForm = {
  title: 'Let calls fail',
  faults: CALL_FAULTS,
  group: 'match',
  target: { name: 'path', label: 'Path', example: '/v1/payment_intents*' },
  timed: 'slow',
};
const webhookFaults: FaultForm = {
  title: 'Let webhooks fail',
  faults: WEBHOOK_FAULTS,
  group: 'webhook',
  target: { name: 'type', label: 'Event type', example: 'payment_intent.succeeded' },
  timed: 'delay',
};

function settingsForm(settings: Record<string, number>): Html {
  const fields = Object.entries(settings).map(([name, value]) =>
    field(`setting-${name}`, name, words(name.replace(/_ms$/, ', milliseconds')), String(value)),
  );
  return html`<form method="post" action="/controls/settings/change" class="fields wide">${fields}<button class="button small">Save</button></form>`;
}

function field(id: string, name: string, label: string, value: string): Html {
  return html`<div class="field"><label for="${id}">${label}</label><input id="${id}" name="${name}" value="${value}" autocomplete="off"></div>`;
}

function select(id: string, name: string, label: string, options: readonly string[]): Html {
  return html`<div class="field"><label for="${id}">${label}</label><select id="${id}" name="${name}">${options.map((option) => html`<option value="${option}">${words(option)}</option>`)}</select></div>`;
}
