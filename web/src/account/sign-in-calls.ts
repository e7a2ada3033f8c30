import { callApi } from '../api/call.ts';

/** Signs in with a password. True when a code is wanted besides. */
export async function signIn(email: string, password: string): Promise<boolean> {
  const body = { email, password };
  const reply = await callApi<{ twoFactorRedirect?: boolean }>('POST', '/api/auth/sign-in/email', { body });
  return reply.twoFactorRedirect === true;
}

/** The second step: six digits of the authenticator app, or one of the backup codes. */
export async function giveCode(text: string): Promise<void> {
  const code = text.trim();
  const way = /^\d{6}$/.test(code) ? 'verify-totp' : 'verify-backup-code';
  await callApi('POST', `/api/auth/two-factor/${way}`, { body: { code } });
}
