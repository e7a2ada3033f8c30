import { type Currency, currencyDigits } from '@paydesk/contract/money';

/** What a CSV file begins with, so that spreadsheets read it as UTF-8. */
export const csvStart = '\uFEFF';

/**
 * What a spreadsheet may take for the start of a formula, in each of its disguises: the characters of wide alphabets, and
 * white space that is dropped first. Source: OWASP, "CSV Injection".
 */
export const formula = /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
/** A negative number is no formula, and stays a number. */
const plainNumber = /^-?\d+(\.\d+)?$/;
/** A semicolon or a tab parts cells where the spreadsheet's language says so. */
const needsQuotes = /[",;\t\r\n]|^\s|\s$/;

/**
 * One line of a CSV file (RFC 4180), with its end. Text that could be run as a formula is marked as text with a leading apostrophe;
 * null is an empty cell.
 */
export function csvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const safe = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An amount of minor units as spreadsheets read it: 1999 is 19.99 and, in jpy, 1999. Its currency has a column of its own. */
export function decimalAmount(amount: number, currency: string): string {
  const digits = currencyDigits[currency as Currency] ?? 2;
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const sign = amount < 0 ? '-' : '';
  if (digits === 0) return `${sign}${text}`;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
