/** Adds new requests on top of the log as they come. */
interface Entry {
  seq: number;
  at: number;
  source: string;
  method?: string;
  path?: string;
  status?: number;
  error?: string;
  fault?: string;
  effects: { object: string; change: string }[];
  events: string[];
}

const refreshMilliseconds = 1_000;
const mostRows = 500;

export async function followRequests(): Promise<void> {
  const rows = document.querySelector<HTMLElement>('[data-requests-after]');
  if (!rows) return;
  const state = document.querySelector<HTMLElement>('[data-requests-state]');
  try {
    const after = rows.dataset.requestsAfter;
    const reply = await fetch(`/_sandbox/journal?after=${after}`, { signal: AbortSignal.timeout(10_000) });
    const { entries } = (await reply.json()) as { entries: Entry[] };
    for (const entry of entries) {
      rows.prepend(row(entry));
      rows.dataset.requestsAfter = String(entry.seq);
    }
    while (rows.childElementCount > mostRows) rows.lastElementChild?.remove();
    if (entries.length > 0) document.querySelector('[data-requests-empty]')?.remove();
    if (state) state.textContent = 'Live.';
  } catch {
    if (state) state.textContent = 'The sandbox does not answer. Trying again.';
  }
  setTimeout(() => void followRequests(), refreshMilliseconds);
}

function row(entry: Entry): HTMLElement {
  const node = document.createElement('tr');
  const call = document.createElement('code');
  call.textContent = entry.method ? `${entry.method} ${entry.path}` : entry.source;
  node.append(
    cell(new Date(entry.at).toISOString().slice(11, 23)),
    cell(String(entry.status ?? entry.fault ?? '—')),
    cell(call, entry.error ? ` ${entry.error}` : ''),
    cell(entry.effects.map((effect) => `${effect.object} ${effect.change}`).join(', ') || '—'),
    cell(entry.events.map((event) => event.split(' ')[1] ?? event).join(', ') || '—'),
  );
  return node;
}

function cell(...content: (string | HTMLElement)[]): HTMLElement {
  const node = document.createElement('td');
  node.append(...content);
  return node;
}
