/** What can be said about a card from its digits alone, before any bank is asked. */

export type CardBrand =
  | 'visa'
  | 'mastercard'
  | 'amex'
  | 'discover'
  | 'diners'
  | 'jcb'
  | 'unionpay'
  | 'unknown';

export interface Problem {
  code: string;
  message: string;
}

/** Which field an error code of the API is about; the other codes are about the payment as a whole. */
export const fieldOfCode: Readonly<Record<string, string>> = {
  incorrect_number: 'number',
  invalid_number: 'number',
  invalid_expiry_month: 'expiry',
  invalid_expiry_year: 'expiry',
  expired_card: 'expiry',
  incorrect_cvc: 'cvc',
  invalid_cvc: 'cvc',
  incorrect_zip: 'postalCode',
};

/** Shown when somebody types a number that is not a test card: it may be a real one. */
export const onlyTestCards = 'This is a test page: only test cards work here, such as 4242 4242 4242 4242.';

interface BrandRule {
  brand: CardBrand;
  prefix: RegExp;
  lengths: number[];
  /** Sizes of the groups in which the digits are shown. */
  groups: (length: number) => number[];
}

const fours = (): number[] => [4, 4, 4, 4, 3];

const rules: BrandRule[] = [
  { brand: 'amex', prefix: /^3[47]/, lengths: [15], groups: () => [4, 6, 5] },
  {
    brand: 'diners',
    prefix: /^3(?:0|[689])/,
    lengths: [14, 16],
    groups: (n) => (n > 14 ? fours() : [4, 6, 4]),
  },
  { brand: 'jcb', prefix: /^35/, lengths: [16], groups: fours },
  { brand: 'visa', prefix: /^4/, lengths: [16], groups: fours },
  { brand: 'mastercard', prefix: /^(?:5[1-5]|2(?:2[2-9]|[3-6]|7[01]|720))/, lengths: [16], groups: fours },
  { brand: 'discover', prefix: /^6(?:011|4[4-9]|5)/, lengths: [16], groups: fours },
  { brand: 'unionpay', prefix: /^(?:62|81)/, lengths: [16, 17, 18, 19], groups: fours },
];

const unknownRule: BrandRule = { brand: 'unknown', prefix: /^/, lengths: [16], groups: fours };

export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

export function cardBrand(number: string): CardBrand {
  return ruleFor(digitsOf(number)).brand;
}

export function securityCodeLength(brand: CardBrand): number {
  return brand === 'amex' ? 4 : 3;
}

export function formatCardNumber(text: string): string {
  const rule = ruleFor(digitsOf(text));
  const digits = digitsOf(text).slice(0, Math.max(...rule.lengths));
  const parts: string[] = [];
  let start = 0;
  for (const size of rule.groups(digits.length)) {
    if (start < digits.length) parts.push(digits.slice(start, start + size));
    start += size;
  }
  return parts.join(' ');
}

/** Shows month and year as `MM / YY`; the separator appears as soon as the month is known, except while deleting. */
export function formatExpiry(text: string, deleting: boolean): string {
  const [first = '', second = ''] = text.split(/[/-]/).map(digitsOf);
  const monthIsShort = /[/-]/.test(text) && first.length === 1;
  let digits = (monthIsShort ? `0${first}` : first) + second;
  if (/^[2-9]/.test(digits)) digits = `0${digits}`;
  if (/^1[3-9]/.test(digits)) digits = `0${digits}`;
  if (digits.length > 4 && /^\d\d20/.test(digits)) digits = digits.slice(0, 2) + digits.slice(4);
  const month = digits.slice(0, 2);
  const year = digits.slice(2, 4);
  if (year) return `${month} / ${year}`;
  return month.length === 2 && !deleting ? `${month} / ` : month;
}

/** Full year and month of an expiry shown as `MM / YY`, or null while it is incomplete. */
export function parseExpiry(text: string): { month: number; year: number } | null {
  const digits = digitsOf(text);
  if (digits.length < 4) return null;
  return { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2, 4)) };
}

export function numberProblem(text: string): Problem | null {
  const digits = digitsOf(text);
  const { lengths } = ruleFor(digits);
  if (lengths.includes(digits.length) && passesLuhn(digits)) return null;
  return digits.length < Math.max(...lengths)
    ? { code: 'incomplete_number', message: 'Your card number is incomplete.' }
    : { code: 'invalid_number', message: 'Your card number is invalid.' };
}

export function expiryProblem(text: string, now: Date): Problem | null {
  const expiry = parseExpiry(text);
  if (!expiry) return { code: 'incomplete_expiry', message: "Your card's expiration date is incomplete." };
  if (expiry.month < 1 || expiry.month > 12) {
    return { code: 'invalid_expiry_month', message: "Your card's expiration month is invalid." };
  }
  if (expiry.year < now.getFullYear()) {
    return { code: 'invalid_expiry_year_past', message: "Your card's expiration year is in the past." };
  }
  if (expiry.year === now.getFullYear() && expiry.month <= now.getMonth()) {
    return { code: 'invalid_expiry_month_past', message: "Your card's expiration date is in the past." };
  }
  // Stripe refuses years more than fifty years ahead as a typing error.
  if (expiry.year > now.getFullYear() + 50) {
    return { code: 'invalid_expiry_year', message: "Your card's expiration year is invalid." };
  }
  return null;
}

export function securityCodeProblem(text: string, brand: CardBrand): Problem | null {
  const complete = digitsOf(text).length >= securityCodeLength(brand);
  return complete ? null : { code: 'incomplete_cvc', message: "Your card's security code is incomplete." };
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let position = 0; position < digits.length; position++) {
    const digit = Number(digits[digits.length - 1 - position]);
    const doubled = position % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

function ruleFor(digits: string): BrandRule {
  return rules.find((rule) => rule.prefix.test(digits)) ?? unknownRule;
}
