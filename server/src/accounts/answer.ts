import type { AccountsSettings, Library } from './library.ts';
import { givenSession, replacesSession } from './replaced-session.ts';

type SpendCode = AccountsSettings['spendCode'];

/** Lets the library answer, and does what it does not: a one-time code works once, and a browser has one session. */
export async function answerFor(auth: Library, spend: SpendCode, request: Request): Promise<Response> {
  const { headers } = request;
  const code = await oneTimeCodeIn(request);
  const answer = await auth.handler(request);
  if (code !== null && answer.ok && !(await isNew(spend, code, answer))) {
    await endSession(auth, givenSession(answer));
    return Response.json({ code: 'CODE_USED' }, { status: 400 });
  }
  if (!replacesSession(headers.get('cookie'), answer)) return answer;
  // Asked for by the cookie again, because only its signature shows that the session is the browser's.
  const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
  await endSession(auth, found?.session.token);
  return answer;
}

/** The code of an authenticator that comes with a call. Backup codes the library uses up by itself. */
async function oneTimeCodeIn(request: Request): Promise<string | null> {
  if (!new URL(request.url).pathname.endsWith('/two-factor/verify-totp')) return null;
  const { code } = (await request.clone().json()) as { code?: unknown };
  return typeof code === 'string' ? code : null;
}

async function isNew(spend: SpendCode, code: string, answer: Response): Promise<boolean> {
  const { user } = (await answer.clone().json()) as { user: { id: string } };
  return await spend(user.id, code);
}

async function endSession(auth: Library, token: string | undefined): Promise<void> {
  if (token) await (await auth.$context).internalAdapter.deleteSession(token);
}
