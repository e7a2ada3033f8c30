import { callApi } from '../shared/api.ts';

/** Changes the order on the server; answers with the message of a refusal, or null. */
export async function sendChange(
  form: HTMLFormElement,
  params: Record<string, unknown>,
): Promise<string | null> {
  const { session, key = '' } = form.dataset;
  const path = `/v1/payment_pages/${session}`;
  const { error } = await callApi({ origin: window.location.origin, key, method: 'POST', path, params });
  return error ? (error.message ?? 'That did not work. Try again.') : null;
}

/** After this long the whole page is read anew instead. */
const timeoutMilliseconds = 15_000;

/** The page as the server writes it now. */
export async function readFreshPage(): Promise<Document> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  const reply = await fetch(window.location.pathname, { credentials: 'omit', signal }).catch(() => null);
  return new DOMParser().parseFromString((await reply?.text()) ?? '', 'text/html');
}

/** Takes over the live parts of the fresh page, so that what is typed elsewhere stays, and the focus where it was. */
export function showFreshPage(form: HTMLFormElement, page: Document): void {
  const fresh = page.querySelector<HTMLFormElement>('#checkout');
  if (fresh === null) {
    window.location.reload();
    return;
  }
  const focused = document.activeElement?.id;
  for (const part of document.querySelectorAll<HTMLElement>('[data-live]')) {
    const counterpart = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (counterpart !== null) part.replaceWith(document.adoptNode(counterpart));
  }
  if (focused) document.getElementById(focused)?.focus();
  form.dataset.amount = fresh.dataset.amount!;
  const label = fresh.querySelector<HTMLElement>('button[type="submit"]')!.dataset.label!;
  form.querySelector<HTMLElement>('button[type="submit"]')!.dataset.label = label;
  const method = form.querySelector<HTMLElement>('#payment-method')!;
  method.hidden = page.querySelector<HTMLElement>('#payment-method')!.hidden;
}
