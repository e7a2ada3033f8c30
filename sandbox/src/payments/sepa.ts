/** SEPA debits: the delayed payment method of the sandbox. The IBANs are those of Stripe's own fixtures. */
import { invalidRequest, missingParameter } from '../wire/errors.ts';

interface TestIban {
  succeeds: boolean;
  country: string;
  /** Milliseconds that its bank takes beyond the setting. */
  slowerBy?: number;
}

export const testIbans: Readonly<Record<string, TestIban>> = {
  AT611904300234573201: { succeeds: true, country: 'AT' },
  // The CLI uses it to show `processing`; that it takes three minutes more is from memory and not verified.
  AT321904300235473204: { succeeds: true, country: 'AT', slowerBy: 3 * 60_000 },
  IT60X0542811101000000123456: { succeeds: false, country: 'IT' },
};

/**
 * The code is one that Stripe's libraries for phones know. The sentence is the sandbox's own.
 * @throws ApiError 400 for every IBAN that is not one of the test IBANs
 */
export function checkIban(iban: string | undefined): string {
  if (iban === undefined) throw missingParameter('sepa_debit[iban]');
  const compact = iban.replaceAll(' ', '').toUpperCase();
  if (!Object.hasOwn(testIbans, compact)) {
    throw invalidRequest(
      `The IBAN is not one of the sandbox's test IBANs: ${Object.keys(testIbans).join(', ')}.`,
      'invalid_bank_account_iban',
      'sepa_debit[iban]',
    );
  }
  return compact;
}
