/** The shop's own account, as customers who pay by transfer are told it. */
export type TransferAccount = {
  accountHolder: string;
  iban: string;
  bic: string | null;
  bankName: string | null;
};

/**
 * Whether an account number that looks like an IBAN has a typing error. Other numbers have no check digits to tell by.
 *
 * @see https://www.iso.org/standard/81090.html ISO 13616: the first four signs go to the end, letters count from 10, and the
 *   remainder by 97 is 1
 */
export function isMistypedIban(account: string): boolean {
  const plain = account.replaceAll(/[\s-]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(plain)) return false;
  let remainder = 0;
  for (const sign of plain.slice(4) + plain.slice(0, 4))
    for (const digit of String(Number.parseInt(sign, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder !== 1;
}
