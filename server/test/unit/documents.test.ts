import { getDocumentProxy, getMeta } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { drawCreditNote } from '../../src/documents/credit-note.ts';
import { drawInvoice } from '../../src/documents/invoice.ts';
import { lineOf, linesOf, type Piece } from '../../src/documents/text.ts';
import type { CreditNoteContent, InvoiceContent, InvoiceCredit } from '../../src/domain/document.ts';
import { pagesOf, textOf } from '../support/pdf.ts';

const issuedAt = Date.UTC(2026, 10, 26, 12);
const head = {
  number: 'INV-000123',
  issuedAt,
  orderNumber: '7K3M-92QX',
  currency: 'usd',
  sandbox: false,
  shopName: 'Lark & Sons',
  seller: ['Lark & Sons Ltd', '12 Harbour Lane', 'Galway H91 XY00', 'VAT IE1234567X'],
  customer: ['Ada Lovelace', 'ada@example.com', '+1 217 555 0100'],
  delivery: ['Ada Lovelace', '1 Main St', 'Springfield, IL, 62701', 'United States'],
};
const mug = { name: 'Stoneware Mug', attribute: 'Moss green', quantity: 4, unitPrice: 3200, amount: 12_800 };
const invoice: InvoiceContent = {
  ...head,
  placedAt: issuedAt,
  paidAt: issuedAt,
  lines: [mug],
  subtotal: 12_800,
  discount: 1280,
  discountCode: 'WELCOME10',
  shipping: 500,
  taxName: 'Sales tax',
  tax: 720,
  total: 12_740,
  payments: [
    { at: issuedAt, method: 'Visa •••• 4242', amount: 10_000 },
    { at: issuedAt, method: 'Bank transfer', amount: 2740 },
  ],
};
const credit: InvoiceCredit = {
  number: 'CN-000045',
  at: issuedAt,
  reason: 'One arrived broken',
  amount: 3200,
};
const creditNote: CreditNoteContent = {
  ...head,
  number: 'CN-000045',
  invoice: { number: 'INV-000123', issuedAt },
  reason: 'One arrived broken',
  refundedAt: issuedAt,
  method: 'Visa •••• 4242',
  amount: 3200,
  tax: 181,
  taxName: 'Sales tax',
};

/** The customer's name and address in many scripts. */
const names: [script: string, name: string][] = [
  ['Latin with all its marks', 'Łukasz Żółć-Ångström, Nguyễn Huệ, Çağrı Őri, Ísafjörður'],
  ['Greek', 'Ελένη Παπαδοπούλου'],
  ['Cyrillic', 'Олександр Ґонґадзе'],
  ['Hebrew', 'דוד (דודו) לוי'],
  ['Arabic', 'محمد عبد الله'],
  ['Persian', 'پریسا گلزار ۱۲'],
  ['Devanagari', 'प्रिया शर्मा'],
  ['Bengali', 'শ্রী কৃষ্ণ'],
  ['Tamil', 'கோபால் ஶ்ரீ'],
  ['Thai', 'สมชาย น้ำใจดี'],
  ['Chinese', '王小明 北京市朝阳区'],
  ['traditional Chinese', '陳怡君 臺北市'],
  ['Japanese', '山田 太郎 ハイツ渋谷 ひらがな'],
  ['Korean', '김철수 서울특별시'],
  ['Georgian', 'გიორგი'],
  ['Armenian', 'Արամ'],
  ['Ethiopic', 'ሰላም'],
  ['Khmer', 'សុខា'],
  ['Myanmar', 'မောင်မောင်'],
  ['Sinhala', 'නිමල්'],
  ['pictures', 'Gift 🎁 ★'],
];

describe('an invoice', () => {
  it('says who sold what to whom, what it costs, and how it was paid', async () => {
    const text = await textOf(await drawInvoice(invoice, []));
    for (const line of [...head.seller, ...head.customer, ...head.delivery]) expect(text).toContain(line);
    expect(text).toMatch(
      /Invoice number\s+INV-000123\s+Date\s+26 November 2026\s+Order\s+7K3M-92QX\s+Status\s+Paid/,
    );
    expect(text).toMatch(/Stoneware Mug\s+Moss green\s+4 \$32.00 \$128.00/);
    expect(text).toMatch(
      /Subtotal \$128.00\s+Discount \(WELCOME10\) −\$12.80\s+Shipping \$5.00\s+Sales tax \$7.20\s+Total \$127.40\s+Paid −\$127.40\s+Balance due \$0.00/,
    );
    expect(text).toMatch(/26 November 2026 Visa •••• 4242 \$100.00\s+26 November 2026 Bank transfer \$27.40/);
    expect(text).toContain('Page 1 of 1');
    expect(text).not.toContain('SANDBOX');
  });

  it('lists what was refunded since with its credit notes, and still balances', async () => {
    const text = await textOf(await drawInvoice(invoice, [credit]));
    expect(text).toMatch(/Status\s+Partially refunded/);
    expect(text).toMatch(/Credited −\$32.00\s+Refunded \$32.00\s+Balance due \$0.00/);
    expect(text).toMatch(/26 November 2026 CN-000045 One arrived broken −\$32.00/);
    const whole = await textOf(await drawInvoice(invoice, [credit, { ...credit, amount: 9540 }]));
    expect(whole).toMatch(/Status\s+Refunded/);
  });

  it('goes on over pages that repeat the head of the table and count themselves', async () => {
    const lines = Array.from({ length: 50 }, (_, index) => ({ ...mug, name: `Mug number ${index + 1}` }));
    const pages = await pagesOf(await drawInvoice({ ...invoice, lines }, []));
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries())
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    for (const page of pages.slice(0, -1))
      expect(page.match(/Item Quantity Unit price Amount/g)).toHaveLength(1);
    const numbers = [...pages.join('\n').matchAll(/Mug number (\d+)/g)].map(([, number]) => Number(number));
    expect(numbers).toEqual(lines.map((_, index) => index + 1));
  });

  it('says on the sandbox that it is no tax document', async () => {
    expect(await textOf(await drawInvoice({ ...invoice, sandbox: true }, []))).toContain(
      'SANDBOX – not a tax document',
    );
  });

  it('has the same bytes whatever was drawn before it, and few of them', async () => {
    const first = await drawInvoice(invoice, []);
    // Swiss francs are written with a space that has the same glyph as ours, but is another letter.
    await drawInvoice({ ...invoice, currency: 'chf', customer: names.map(([, name]) => name) }, [credit]);
    expect((await drawInvoice(invoice, [])).equals(first)).toBe(true);
    expect(first.length).toBeLessThan(50_000);
  });

  it('tells readers its title, language, time and parts', async () => {
    const file = await getDocumentProxy(new Uint8Array(await drawInvoice(invoice, [])));
    const { info } = await getMeta(file);
    expect(info).toMatchObject({
      Title: 'Invoice INV-000123',
      Author: 'Lark and Sons',
      Language: 'en',
      CreationDate: 'D:20261126120000Z',
    });
    const parts = JSON.stringify(await (await file.getPage(1)).getStructTree());
    for (const role of ['Document', 'H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD'])
      expect(parts).toContain(`"role":"${role}"`);
  });
});

describe('a credit note', () => {
  it('says what was refunded, why, for which invoice and with how much tax', async () => {
    const text = await textOf(await drawCreditNote(creditNote));
    expect(text).toMatch(/Credit note number\s+CN-000045/);
    expect(text).toMatch(/Refund for invoice INV-000123\s+One arrived broken\s+\$32.00/);
    expect(text).toMatch(/Before Sales tax \$30.19\s+Sales tax \$1.81\s+Total credited \$32.00/);
    expect(text).toMatch(/26 November 2026 Visa •••• 4242 \$32.00/);
  });

  it('names the order where there is no invoice', async () => {
    const text = await textOf(await drawCreditNote({ ...creditNote, invoice: null, tax: 0 }));
    expect(text).toContain('Refund for order 7K3M-92QX');
    expect(text).not.toContain('Sales tax');
  });
});

describe('names', () => {
  const style = { size: 10, weight: 'regular' } as const;

  it.each(names)('in %s are drawn without an empty box, and can be copied', async (_, name) => {
    for (const { face, text } of lineOf(name, style).pieces)
      for (const glyph of face.font.layout(text).glyphs)
        expect(glyph.id, `${text} in ${face.name}`).not.toBe(0);
    const text = await textOf(await drawInvoice({ ...invoice, customer: [name] }, []));
    // A reader may put letters that are drawn together in another order.
    expect(letters(text)).toEqual(expect.arrayContaining(letters(name)));
  });

  it('are joined where their script joins them: a letter of an Arabic word is not the one that stands alone', () => {
    const [word, ...others] = lineOf('محمد', style).pieces;
    expect(others).toEqual([]);
    const alone = [...'محمد'].flatMap((letter) => glyphsOf(lineOf(letter, style).pieces));
    for (const glyph of glyphsOf([word!])) expect(alone).not.toContain(glyph);
  });

  it('stand from right to left where they are read so, with their numbers from left to right', () => {
    expect(
      lineOf('דוד 15 לוי', style)
        .pieces.map(({ text }) => text.trim())
        .filter(Boolean),
    ).toEqual(['לוי', '15', 'דוד']);
    expect(lineOf('۱۲', style).pieces.map(({ text }) => text)).toEqual(['۲۱']);
  });

  it('lose characters that turn the direction of a text around', () => {
    expect(lineOf('\u202eevil\u202c', style).text).toBe('evil');
  });

  it('get a question mark for what no font has', () => {
    expect(
      lineOf('Mug \u{13000}', style)
        .pieces.map(({ text }) => text)
        .join(''),
    ).toBe('Mug ?');
  });

  it.each(names)('in %s are wrapped within their column and lose no letter', (_, name) => {
    const text = `${name} ${name.replaceAll(' ', '')} ${name}`;
    const lines = linesOf(text, style, 70);
    for (const line of lines) expect(line.width).toBeLessThanOrEqual(70);
    expect(letters(lines.map((line) => line.text).join(''))).toEqual(letters(text));
  });
});

function glyphsOf(pieces: readonly Piece[]): number[] {
  return pieces.flatMap(({ face, text }) => face.font.layout(text).glyphs.map(({ id }) => id));
}

/** The letters of a text in an order of their own, decomposed. */
function letters(text: string): string[] {
  return [...text.normalize('NFKD').replace(/[^\p{L}\p{M}\p{N}]/gu, '')].sort();
}
