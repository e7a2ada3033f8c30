import { describe, expect, it } from 'vitest';
import { isLinkToken, orderLink } from '../../src/app/order-links.ts';
import type { Letter } from '../../src/app/ports.ts';
import { composeMail } from '../../src/mail/compose-mail.ts';
import { messageIdOf, parseSender } from '../../src/mail/smtp.ts';
import { letter, letters, paidOrder, refund, sampleOrder } from '../support/letters.ts';

const kinds = Object.keys(letters) as Letter['about'][];

describe('every mail', () => {
  it.each(kinds)('about "%s" says which order it is about, and opens it with one button', (kind) => {
    const { subject, html, text } = composeMail(letters[kind]);
    expect(subject).toContain('7K3M-92QX');
    const buttons = [...html.matchAll(/<a class="button" href="([^"]*)"/g)].map(([, url]) => url);
    expect(buttons).toEqual([letters[kind].link]);
    expect(text).toContain(letters[kind].link);
  });

  it.each(kinds)('about "%s" loads nothing and runs nothing', (kind) => {
    const { html } = composeMail(letters[kind]);
    expect(html).not.toMatch(/<(script|img|link|iframe|form|object)\b|\bsrc=|url\(|@import|javascript:/i);
  });

  it('escapes what people wrote', () => {
    const hostile = `<img src=x onerror="alert('1')">&amp;`;
    const order = sampleOrder({
      contact: { email: 'a@example.com', firstName: hostile, lastName: hostile },
      shippingAddress: { line1: hostile, city: hostile, country: 'US' },
      discountCode: hostile,
      lines: sampleOrder().lines.map((line) => ({ ...line, name: hostile, attribute: hostile })),
    });
    for (const subject of [
      { about: 'placed' as const },
      { about: 'refunded' as const, refund: { ...refund, reason: hostile, reference: hostile } },
    ]) {
      const { html, text } = composeMail(letter(subject, order));
      expect(html).not.toContain('<img');
      expect(html).not.toContain("alert('1')");
      expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;');
      expect(text).toContain(hostile);
    }
  });

  it('has one line as its subject, whatever the shop or the order is called', () => {
    const sample = letters.placed;
    const { subject } = composeMail({
      ...sample,
      order: { ...sample.order, number: '7K\r\nBcc: eve@example.com\u2028\u202E' },
      shop: { ...sample.shop, name: 'Lark\nhouse\u0000' },
    });
    expect(subject).toBe('We have your order 7K Bcc: eve@example.com · Lark house');
  });

  it('keeps lines and totals as the order has them', () => {
    const { html, text } = composeMail(letters.refunded);
    for (const amount of ['$48.00', '$62.00', '$110.00', '−$11.00', '$9.00', '$8.64', '$116.64', '−$24.00']) {
      expect(html).toContain(`>${amount}<`);
      expect(text).toContain(amount);
    }
    const yen = { amount: 1999, currency: 'jpy' };
    expect(composeMail(letter({ about: 'paid' }, { ...paidOrder, total: yen })).text).toContain(
      'Total: ¥1,999',
    );
  });
});

describe('a mail', () => {
  it('says what is still due while the order waits for it, and of an order that ended no more', () => {
    const received = {
      received: { amount: 3_000, currency: 'usd' },
      due: { amount: 8_664, currency: 'usd' },
    };
    const textOf = (status: 'partially_paid' | 'canceled' | 'expired') =>
      composeMail(letter({ about: 'refunded', refund }, sampleOrder({ status, ...received }))).text;
    expect(textOf('partially_paid')).toContain('Still due: $86.64');
    for (const status of ['canceled', 'expired'] as const) expect(textOf(status)).not.toContain('due');
  });

  it('about a refund says how much, why, where to and when', () => {
    const { text } = composeMail(letters.refunded);
    for (const part of ['$24.00', 'One mug arrived broken.', 'The card ending 4242', '5 to 10 business days'])
      expect(text).toContain(part);
  });

  it('about a parcel says who brings it and how to follow it', () => {
    const { subject, html, text } = composeMail(letters.shipped);
    expect(subject).toBe('Your order 7K3M-92QX is on its way · Larkhouse');
    const address = 'https://www.ups.com/track?tracknum=1Z999AA10123456784';
    for (const part of ['UPS', 'Tracking number: 1Z999AA10123456784', `Follow it: ${address}`, '1 Main St'])
      expect(text).toContain(part);
    expect(html).toContain(`href="${address}"`);
    const bare = { ...letters.shipped.order, fulfilments: [] };
    expect(composeMail(letter({ about: 'shipped' }, bare)).text).not.toContain('follow');
  });

  it('about a failed payment says what the customer can do', () => {
    const { text } = composeMail(letters.payment_failed);
    expect(text).toContain('This card does not have enough funds. Try another card.');
    expect(text).toContain('you have not been charged');
    expect(text).toContain(`Try again:\n${letters.payment_failed.link}`);
  });

  it('about a transfer has all that a bank asks for', () => {
    const { text } = composeMail(letters.transfer);
    for (const part of [
      'DE89 3704 0044 0532 0130 00',
      'COBADEFFXXX',
      'Reference: 7K3M-92QX',
      '$116.64',
      'March 19, 2026',
    ])
      expect(text).toContain(part);
  });

  it('about a dispute tells the operators until when they can answer', () => {
    const { subject, text } = composeMail(letters.disputed);
    expect(subject).toBe('Dispute over $116.64 on order 7K3M-92QX: answer by March 29, 2026 · Larkhouse');
    expect(text).toContain('Product not received');
    expect(text).toContain('Ada Lovelace, ada@example.com');
  });
});

describe('the sender', () => {
  it.each([
    ['orders@shop.example', { name: '', address: 'orders@shop.example' }],
    ['Larkhouse <orders@shop.example>', { name: 'Larkhouse', address: 'orders@shop.example' }],
    ['"Lark, house" <orders@shop.example>', { name: 'Lark, house', address: 'orders@shop.example' }],
    ['Smith, Jones <orders@shop.example>', { name: 'Smith, Jones', address: 'orders@shop.example' }],
  ])('%s is one address', (text, sender) => {
    expect(parseSender(text)).toEqual(sender);
  });

  it('names each mail after its effect', () => {
    expect(messageIdOf('mail.paid:ord_1', 'shop.example')).toBe('<mail.paid.ord_1@shop.example>');
  });
});

describe('the link of a mail', () => {
  const from = Date.parse('2026-03-12T10:00:00Z');
  const day = 24 * 3_600_000;
  const app = (now: number, linkSecret = 'secret') => ({
    linkSecret,
    clock: { now: () => now },
    shop: { frontendUrl: 'https://shop.example' } as never,
  });
  const tokenOf = (orderId: string) => orderLink(app(from), orderId, from).split('#access=')[1]!;

  it('opens its order for thirty days', () => {
    expect(orderLink(app(from), 'ord_1', from)).toMatch(
      /^https:\/\/shop\.example\/orders\/ord_1#access=[\w.-]+$/,
    );
    expect(isLinkToken(app(from + 30 * day - 1), 'ord_1', tokenOf('ord_1'))).toBe(true);
    expect(isLinkToken(app(from + 30 * day), 'ord_1', tokenOf('ord_1'))).toBe(false);
  });

  it('opens no other order, and none of another shop', () => {
    expect(isLinkToken(app(from), 'ord_2', tokenOf('ord_1'))).toBe(false);
    expect(isLinkToken(app(from, 'other'), 'ord_1', tokenOf('ord_1'))).toBe(false);
  });

  it('cannot be prolonged or made up', () => {
    const [expiry, signature] = tokenOf('ord_1').split('.');
    const longer = (Number.parseInt(expiry!, 36) + day).toString(36);
    const signed = [longer, `0${expiry}`, ''].map((changed) => `${changed}.${signature}`);
    for (const token of [...signed, `${expiry}.${'A'.repeat(43)}`, `${expiry}.`, '.', '', 'x'.repeat(43)])
      expect(isLinkToken(app(from), 'ord_1', token), token).toBe(false);
  });
});
