import type { StartSettings } from './settings.ts';

/**
 * What a person who has just started the shop wants to know.
 *
 * @param operators how the shop's operators come in
 */
export function banner({ shopUrl, mailbox, sandbox }: StartSettings, operators: string): string {
  if (!sandbox)
    return `\n  Shop      ${shopUrl}\n  Stripe    your account, with the keys from the environment\n\n  Ctrl-C stops the shop.\n\n`;
  return `
  Shop      ${shopUrl}
  Sandbox   http://localhost:${sandbox.port}   a Stripe of your own on this machine: no account, no network, no real money
${mailbox ? `  Mailbox   ${shopUrl}/mailbox   the e-mails that nobody sends from here\n` : ''}
  Cards to pay with, any future date and any three digits:
    4242 4242 4242 4242   pays
    4000 0000 0000 9995   is declined
    4000 0027 6000 3184   asks for 3-D Secure

  Operators ${operators}
  From the command line: npm run purchase, then npm run order, refund, cancel or breaks -- --help
  Ctrl-C stops both. Orders are kept in data/.

`;
}
