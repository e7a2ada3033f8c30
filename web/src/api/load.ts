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
  return await load<Answer>(context, path).catch(nullIf(404));
}

/** The same, for what only an account has: `null` for a visitor who is not signed in. */
export async function loadIfSignedIn<Answer>(
  context: Readonly<RouterContextProvider>,
  path: string,
): Promise<Answer | null> {
  return await load<Answer>(context, path).catch(nullIf(401));
}

function nullIf(status: number): (thrown: unknown) => null {
  return (thrown) => {
    if ((thrown as { init?: { status?: number } | null }).init?.status === status) return null;
    throw thrown;
  };
}
