/** Completes the event tables with what became of each delivery, and keeps that up to date while something is pending. */
interface Delivery {
  event: string;
  state: 'pending' | 'succeeded' | 'failed';
  attempts: { status: number | null; error: string | null }[];
}

const refreshMilliseconds = 2_000;
/** After this many looks the page stops asking; reloading it asks again. */
const looks = 60;

export async function showDeliveries(looksLeft = looks): Promise<void> {
  const cells = [...document.querySelectorAll<HTMLElement>('[data-deliveries-of]')];
  if (cells.length === 0) return;
  const deliveries = await readDeliveries();
  for (const cell of cells) {
    const own = deliveries.filter((delivery) => delivery.event === cell.dataset.deliveriesOf);
    cell.replaceChildren(...own.map(pill));
    if (own.length === 0) cell.textContent = 'no endpoint';
  }
  const isPending = deliveries.some((delivery) => delivery.state === 'pending');
  if (isPending && looksLeft > 1) setTimeout(() => void showDeliveries(looksLeft - 1), refreshMilliseconds);
}

async function readDeliveries(): Promise<Delivery[]> {
  try {
    const response = await fetch('/_sandbox/deliveries?limit=1000', { signal: AbortSignal.timeout(10_000) });
    return (await response.json()).data;
  } catch {
    return [];
  }
}

function pill({ state, attempts }: Delivery): HTMLElement {
  const node = document.createElement('span');
  const tone = { pending: 'waiting', succeeded: 'good', failed: 'bad' }[state];
  const last = attempts.at(-1);
  node.className = `status ${tone}`;
  node.textContent = [
    { pending: 'pending', succeeded: 'delivered', failed: 'failed' }[state],
    last && String(last.status ?? last.error),
    attempts.length > 1 && `${attempts.length} tries`,
  ]
    .filter(Boolean)
    .join(' · ');
  return node;
}
