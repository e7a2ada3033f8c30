import { currencyDigits } from '@paydesk/contract/money';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow, csvStart, decimalAmount } from '../../src/csv/csv-row.ts';
import { fixedSeed } from '../support/properties.ts';

describe('a line of a CSV file', () => {
  it('leaves plain cells as they are and ends like every line of RFC 4180', () => {
    expect(csvRow(['7K3M-92QX', 2, 19.5, null, 'Ada Lovelace'])).toBe('7K3M-92QX,2,19.5,,Ada Lovelace\r\n');
  });

  it('comes after the mark by which spreadsheets know UTF-8', () => {
    expect([...Buffer.from(csvStart)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it.each([
    ['a comma', 'Lovelace, Ada', '"Lovelace, Ada"'],
    ['a quote', 'the "big" one', '"the ""big"" one"'],
    ['a line break', 'two\nlines', '"two\nlines"'],
    ['a semicolon, which parts cells in other languages', 'a;b', '"a;b"'],
    ['space at its ends', ' Ada ', '" Ada "'],
  ])('quotes a cell with %s', (_, cell, written) => {
    expect(csvRow([cell, 'x'])).toBe(`${written},x\r\n`);
  });

  it.each([
    ['=1+2', "'=1+2"],
    ['+49 30 1234', "'+49 30 1234"],
    ['+491234', "'+491234"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', '"\'\t=1"'],
    ['\r=1', '"\'\r=1"'],
    ['\nx', '"\'\nx"'],
    ['  =1', "'  =1"],
    ['\u200B=1', "'\u200B=1"],
    ['＝1+2', "'＝1+2"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ])('marks %j as text', (cell, written) => {
    expect(csvRow([cell])).toBe(`${written}\r\n`);
  });

  it.each(['-18.00', '-5', -5])('leaves the negative number %j a number', (cell) => {
    expect(csvRow([cell])).toBe(`${cell}\r\n`);
  });

  it('is read back cell by cell, and no cell begins as a formula does', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (cells) => {
        const read = readLine(csvRow(cells));
        expect(read.map((cell) => cell.replace(/^'/, ''))).toEqual(
          cells.map((cell) => cell.replace(/^'/, '')),
        );
        for (const cell of read) expect(cell).not.toMatch(/^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/);
      }),
      fixedSeed,
    );
  });
});

describe('an amount in a CSV file', () => {
  it.each([
    [1999, 'usd', '19.99'],
    [5, 'usd', '0.05'],
    [0, 'eur', '0.00'],
    [-1800, 'usd', '-18.00'],
    [-5, 'usd', '-0.05'],
    [1999, 'jpy', '1999'],
    [9_007_199_254_740_991, 'usd', '90071992547409.91'],
  ])('writes %d minor units of %s as %s', (amount, currency, written) => {
    expect(decimalAmount(amount, currency)).toBe(written);
  });

  it('has the digits of its currency', () => {
    for (const [currency, digits] of Object.entries(currencyDigits)) {
      expect(decimalAmount(123, currency).split('.')[1]?.length ?? 0).toBe(digits);
    }
  });
});

/** The cells of one line, as a spreadsheet parts them. */
function readLine(line: string): string[] {
  const cells: string[] = [];
  for (const [, quoted, plain] of `${line.slice(0, -2)},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/gy)) {
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
  }
  return cells;
}
