import type { Library } from './library.ts';
import { replacesSession } from './replaced-session.ts';

/** Lets the library answer, and ends the session that the browser had where the answer gives it another. */
export async function answerFor(auth: Library, request: Request): Promise<Response> {
  const { headers } = request;
  const answer = await auth.handler(request);
  if (!replacesSession(headers.get('cookie'), answer)) return answer;
  // Asked for by the cookie again, because only its signature shows that the session is the browser's.
  const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
  if (found) await (await auth.$context).internalAdapter.deleteSession(found.session.token);
  return answer;
}
