import { ApiError, callApi } from '../api/call.ts';

/** Signs in with a password. True when a code is wanted besides. */
export async function signIn(email: string, password: string): Promise<boolean> {
  const body = { email, password };
  const reply = await callApi<{ twoFactorRedirect?: boolean }>('POST', '/api/auth/sign-in/email', { body });
  return reply.twoFactorRedirect === true;
}

/**
 * The second step: six digits of the authenticator app, or one of the backup codes. Answers null once signed in, and with a
 * sentence where the sign-in is over and the password is wanted again; a code that is merely wrong is thrown, as any refusal.
 */
export async function giveCode(text: string): Promise<string | null> {
  const code = codeOf(text);
  const way = /^\d{6}$/.test(code) ? 'verify-totp' : 'verify-backup-code';
  try {
    await callApi('POST', `/api/auth/two-factor/${way}`, { body: { code } });
    return null;
  } catch (error) {
    if (error instanceof ApiError && ['code_used', 'sign_in_over'].includes(error.code)) return error.message;
    throw error;
  }
}

/** A code as it is meant: apps show it in groups. */
export function codeOf(text: string): string {
  return text.replaceAll(/\s/g, '');
}
