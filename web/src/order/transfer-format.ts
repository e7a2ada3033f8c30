import { type Currency, currencyDigits } from '@paydesk/contract/money';

/** Some banks have account numbers of another kind. */
export function isIban(account: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(account.replaceAll(' ', ''));
}

/** As IBANs are printed, so that people can compare them. What is no IBAN stays as the shop wrote it. */
export function inGroupsOfFour(account: string): string {
  return isIban(account) ? account.replaceAll(' ', '').replaceAll(/.{4}(?=.)/g, '$& ') : account;
}

/** Digits and a point only, as a bank's form takes it. @param money in minor units */
export function plainAmount(money: { amount: number; currency: string }): string {
  const digits = currencyDigits[money.currency as Currency] ?? 2;
  return (money.amount / 10 ** digits).toFixed(digits);
}
