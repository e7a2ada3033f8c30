import { data, type RouterContextProvider } from 'react-router';
import { shopContext } from '../server-context.ts';

/** Longest wait of a page for its data, in milliseconds; the API answers in a few. */
const loadTimeout = 5_000;

/** Reads from the shop's API for a loader. What is not found or fails becomes the error page with the same status. */
export async function load<Answer>(context: Readonly<RouterContextProvider>, path: string): Promise<Answer> {
  const response = await context.get(shopContext).api(path, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(loadTimeout),
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw data(body, { status: response.status });
  return body as Answer;
}

/** The same, for what may be missing: `null` when the API does not know it. */
export async function loadOptional<Answer>(
  context: Readonly<RouterContextProvider>,
  path: string,
): Promise<Answer | null> {
  try {
    return await load<Answer>(context, path);
  } catch (thrown) {
    if (isNotFound(thrown)) return null;
    throw thrown;
  }
}

function isNotFound(thrown: unknown): boolean {
  const init = (thrown as { init?: { status?: number } | null }).init;
  return init?.status === 404;
}
