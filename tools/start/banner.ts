import type { StartSettings } from './settings.ts';

/**
 * What a person who has just started the shop wants to know.
 *
 * @param scripts how scripts of the shop's operators come in
 * @param ownerLink makes whoever opens it the shop's owner; null once there is one
 */
export function banner(
  { shopUrl, mailbox, sandbox }: StartSettings,
  { scripts, ownerLink }: { scripts: string; ownerLink: string | null },
): string {
  if (!sandbox)
    return `\n  Shop      ${shopUrl}\n  Admin     ${shopUrl}/admin\n  Stripe    your account, with the keys from the environment\n\n  Ctrl-C stops the shop.\n\n`;
  return `
  Shop      ${shopUrl}
  Admin     ${ownerLink ?? `${shopUrl}/admin`}${ownerLink ? '\n            opens once, and makes you the owner' : ''}
  Sandbox   http://localhost:${sandbox.port}   a Stripe of your own on this machine: no account, no network, no real money
${mailbox ? `  Mailbox   ${shopUrl}/mailbox   the e-mails that nobody sends from here\n` : ''}
  Cards to pay with, any future date and any three digits:
    4242 4242 4242 4242   pays
    4000 0000 0000 9995   is declined
    4000 0027 6000 3184   asks for 3-D Secure

  Scripts   ${scripts}
  From the command line: npm run purchase, then npm run order, refund, cancel or breaks -- --help
  Ctrl-C stops both. Orders are kept in data/.

`;
}
