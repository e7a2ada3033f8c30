import { type Finding, fail, ok, skipped, warn } from '../../domain/health.ts';

/** What is looked at of the settings, once they could be read. */
export type JudgedSettings = {
  live: boolean;
  /** Whether the sandbox stands in the provider's place, where nobody real is served. */
  isSandbox: boolean;
  frontendUrl: string;
  hasOperatorToken: boolean;
  operatorEmail: string | null;
  seller: readonly string[];
  smtpUrl: string | null;
  mailFrom: string;
};

/** @param wrong a sentence for each setting that is wrong */
export function judgeParsing(wrong: readonly string[]): Finding[] {
  const name = 'settings';
  const todo = 'Set it right where the shop’s environment is set; docs/operating.md explains every setting.';
  return wrong.length === 0
    ? [ok(name, 'Every setting can be read.')]
    : wrong.map((sentence) => fail(name, sentence, todo));
}

/** What a shop needs besides keys before it serves real customers. In test mode it is said early, on the sandbox not at all. */
export function judgeSettings(settings: JudgedSettings): Finding[] {
  return [judgeAddress(settings), judgeSeller(settings), judgeOperators(settings), judgeSender(settings)];
}

function judgeAddress({ frontendUrl, live, isSandbox }: JudgedSettings): Finding {
  const name = 'address';
  const found = `Customers reach the shop at ${frontendUrl}.`;
  if (isSandbox || frontendUrl.startsWith('https:')) return ok(name, found);
  const todo = 'Set FRONTEND_URL to the https:// address before a live key is set.';
  return live ? fail(name, found, todo) : warn(name, found, todo);
}

function judgeSeller({ seller, live, isSandbox }: JudgedSettings): Finding {
  const name = 'seller';
  if (seller.length > 1) return ok(name, `Invoices are from ${seller[0]}.`);
  if (isSandbox) return skipped(name, 'On the sandbox an invoice is no tax document.');
  const found = 'Invoices name the seller without an address: SHOP_SELLER is not set.';
  const todo =
    'Set name, address and tax number, here or in the back office, before the first sale; what an invoice says is never changed.';
  return live ? fail(name, found, todo) : warn(name, found, todo);
}

function judgeOperators({ hasOperatorToken, operatorEmail, isSandbox }: JudgedSettings): Finding {
  const name = 'operators';
  if (isSandbox) return skipped(name, 'The sandbox makes a token and shows the operators’ mail by itself.');
  const lacking = [
    ...(hasOperatorToken ? [] : ['OPERATOR_TOKEN, so that no command for operators is let in']),
    ...(operatorEmail === null
      ? ['an address for the operators (OPERATOR_EMAIL), so that nobody is told of disputes']
      : []),
  ];
  return lacking.length === 0
    ? ok(name, `Operators are told at ${operatorEmail}, and their commands are let in.`)
    : warn(name, `Not set: ${lacking.join('; ')}.`, 'Set what is missing.');
}

function judgeSender({ mailFrom, smtpUrl, live }: JudgedSettings): Finding {
  const name = 'sender';
  if (smtpUrl === null) return skipped(name, 'No mail is sent.');
  if (!/@localhost>?$/.test(mailFrom)) return ok(name, `Mails are from ${mailFrom}.`);
  const found = `Mails are from ${mailFrom}, which nobody can answer and few mail servers take.`;
  const todo = 'Set MAIL_FROM to an address that the mail server may send for.';
  return live ? fail(name, found, todo) : warn(name, found, todo);
}
