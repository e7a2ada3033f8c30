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
  // Apps show a code in groups.
  const code = text.replaceAll(/\s/g, '');
  const way = /^\d{6}$/.test(code) ? 'verify-totp' : 'verify-backup-code';
  try {
    await callApi('POST', `/api/auth/two-factor/${way}`, { body: { code } });
    return null;
  } catch (error) {
    if (error instanceof ApiError && ['code_used', 'sign_in_over'].includes(error.code)) return error.message;
    throw error;
  }
}
