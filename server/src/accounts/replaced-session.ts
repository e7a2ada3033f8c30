import { isSessionCookie } from '../app/ports-accounts.ts';

/**
 * Whether an answer takes the session that a browser had away from it, by giving it another or none. Somebody who signs in once
 * more, to confirm who they are, would otherwise leave a session behind that is good for weeks and that no browser holds.
 *
 * @param cookies what the browser sent
 */
export function replacesSession(cookies: string | null, answer: Response): boolean {
  const before = tokenIn(cookies ?? '');
  if (before === undefined) return false;
  const after = answer.headers.getSetCookie().flatMap((cookie) => tokenIn(cookie) ?? []);
  return after.length > 0 && !after.includes(before);
}

/** The token of the session that an answer gives to a browser. */
export function givenSession(answer: Response): string | undefined {
  return answer.headers
    .getSetCookie()
    .map(tokenIn)
    .find((token) => token);
}

/** The library's cookie is a token, a dot and a signature. An empty token is a cookie that is taken away. */
function tokenIn(cookies: string): string | undefined {
  const pairs = cookies.split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => isSessionCookie(name!))?.[1]?.split('.', 1)[0];
}
