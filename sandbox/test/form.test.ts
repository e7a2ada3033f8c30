import { describe, expect, it } from 'vitest';
import { parseForm } from '../src/wire/form.ts';

const plain = (text: string) => JSON.parse(JSON.stringify(parseForm(text)));

describe('the form encoding', () => {
  it.each([
    ['a=1&b=', { a: '1', b: '' }],
    ['a=b%20c+d&e=%26', { a: 'b c d', e: '&' }],
    ['metadata[a]=1&metadata[b]=2', { metadata: { a: '1', b: '2' } }],
    ['metadata%5Ba%5D=1', { metadata: { a: '1' } }],
    ['expand[0]=x&expand[1]=y', { expand: { 0: 'x', 1: 'y' } }],
    ['expand[]=x&expand[]=y', { expand: { 0: 'x', 1: 'y' } }],
    ['i[0][p][c]=eur&i[1][p][c]=usd', { i: { 0: { p: { c: 'eur' } }, 1: { p: { c: 'usd' } } } }],
    ['i[][q]=1&i[][p]=2&i[][q]=3', { i: { 0: { q: '1', p: '2' }, 1: { q: '3' } } }],
    ['a=%E0%A4%A', { a: '%E0%A4%A' }],
    ['', {}],
  ])('%s', (text, expected) => {
    expect(plain(text)).toEqual(expected);
  });

  it('has no prototype to pollute', () => {
    const form = parseForm('__proto__[x]=1&constructor=2');
    expect(Object.keys(form)).toEqual(['__proto__', 'constructor']);
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it('refuses bodies that nest too deeply or name too much', () => {
    expect(() => parseForm(`a${'[b]'.repeat(20)}=1`)).toThrow(RangeError);
    expect(() => parseForm('a=1&'.repeat(3_000))).toThrow(RangeError);
  });
});
