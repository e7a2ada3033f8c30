import { ApiError, callApi } from '../api/call.ts';

const prefix = '#access=';

/** What a link of a mail carries behind its #; null where the address has none. */
export function readLinkToken(): string | null {
  const { hash } = window.location;
  return hash.startsWith(prefix) ? hash.slice(prefix.length) : null;
}

/** Takes it out of the address, so that nobody finds it there or in the history later. */
export function removeLinkToken(): void {
  if (readLinkToken() === null) return;
  const { pathname, search } = window.location;
  // The router's own state stays with the entry.
  window.history.replaceState(window.history.state, '', pathname + search);
}

/**
 * Exchanges it for the cookie that opens the order. While nothing answers it stays in the address, so that the page can be
 * loaded again. Rejects with `ApiError`.
 */
export async function openOrder(orderId: string, token: string): Promise<void> {
  try {
    await callApi('POST', `/api/orders/${encodeURIComponent(orderId)}/access`, { body: { token } });
    removeLinkToken();
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500) removeLinkToken();
    throw error;
  }
}
