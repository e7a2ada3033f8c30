import type { ShopSettings, TransferAccount } from '@paydesk/contract/admin/settings';
import { paymentFlows } from '@paydesk/contract/payments';
import type { Problems } from './settings-form.tsx';

type Payments = ShopSettings['payments'];

/** What the form about payments says: only what was changed, so that a default stays a default. */
export function readPayments(form: FormData, payments: Payments): { body: object } | { problems: Problems } {
  const flows = paymentFlows.filter((flow) => form.getAll('flow').includes(flow));
  const account = form.has('iban') ? accountOf(form) : payments.account.value;
  const minutes = wholeNumber(form, 'holdMinutes', payments.holdMinutes.value);
  const days = wholeNumber(form, 'longHoldDays', payments.longHoldDays.value);
  const problems = {
    ...(flows.length === 0 && { '/flows': 'Choose at least one way to pay.' }),
    ...(flows.includes('transfer') &&
      account === null && { '/flows': 'A bank transfer needs an account: enter one below.' }),
    ...(account === 'incomplete' && { '/account/accountHolder': 'Enter the account’s holder.' }),
    ...(!(minutes >= 1 && minutes <= 1_380) && { '/holdMinutes': 'Enter 1 to 1380 minutes.' }),
    ...(!(days >= 1 && days <= 60) && { '/longHoldDays': 'Enter 1 to 60 days.' }),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return {
    body: {
      ...(flows.join() !== payments.flows.value.join() && { flows }),
      ...(JSON.stringify(account) !== JSON.stringify(payments.account.value) && { account }),
      ...(minutes !== payments.holdMinutes.value && { holdMinutes: minutes }),
      ...(days !== payments.longHoldDays.value && { longHoldDays: days }),
    },
  };
}

/** Null when nothing was entered of it. */
function accountOf(form: FormData): TransferAccount | 'incomplete' | null {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const [accountHolder, iban, bic, bankName] = ['accountHolder', 'iban', 'bic', 'bankName'].map(text) as [
    string,
    string,
    string,
    string,
  ];
  if (iban === '') return null;
  if (accountHolder === '') return 'incomplete';
  return { accountHolder, iban, bic: bic === '' ? null : bic, bankName: bankName === '' ? null : bankName };
}

function wholeNumber(form: FormData, name: string, fallback: number): number {
  const text = form.get(name);
  if (text === null) return fallback;
  return /^\d{1,5}$/.test(String(text).trim()) ? Number(text) : Number.NaN;
}
