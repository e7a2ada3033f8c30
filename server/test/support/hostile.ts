/** Values that have broken servers before, each of which must be refused or taken for what it is. */

/** JSON texts of numbers, because some of them cannot be written as numbers of JavaScript. */
export const hostileNumbers = [
  '0',
  '-0',
  '-1',
  '0.1',
  '1.5',
  '1e3',
  '1e309',
  '-1e309',
  '2147483648',
  '9007199254740992',
  '9007199254740993',
  '1e-400',
  `1${'0'.repeat(400)}`,
  '"1"',
  '"1e3"',
  '"0x10"',
  '"NaN"',
  '"Infinity"',
  'null',
  'true',
  '[]',
  '[1]',
  '{}',
  '{"valueOf":1}',
];

export const hostileStrings = [
  '',
  ' ',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202eevil',
  `e${'\u0301'.repeat(2_000)}`,
  'line\r\nSet-Cookie: a=b',
  'tab\tand\nbreak',
  '\u001b[31mred',
  '\u2028',
  '\ufeff',
  '\u0024{jndi:ldap://127.0.0.1/x}',
  '%s%n%x',
  '{{7*7}}',
  "'; DROP TABLE orders; --",
  "' OR '1'='1",
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  '=cmd|" /C calc"!A0',
  '../../../../etc/passwd',
  '..\\..\\windows',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'ＡＤＡ',
  'ﬀ',
  'İ',
  'x'.repeat(10_000),
];

export const hostileEmails = [
  'a',
  '@',
  'a@b',
  'a@@b.cc',
  'a b@c.dd',
  'a@b .cc',
  'a@b.c',
  '<a@b.cc>',
  '"a"@b.cc',
  'a@b.cc,c@d.ee',
  'a@b.cc\r\nBcc: d@e.ff',
  'a@b.cc\u0000',
  `${'a'.repeat(250)}@b.cc`,
  'Ada <ada@example.com>',
];

/** E-mail addresses of people whose names are not written in ASCII. */
export const rightEmails = [
  'ada+shop@example.com',
  "o'brien@example.co.uk",
  'üsér@exämple.de',
  '用户@例子.公司',
  'ａｄａ@example.com',
];

/** Members that a customer may not set. */
export const massAssignment = [
  'price',
  'unitPrice',
  'amount',
  'total',
  'subtotal',
  'discount',
  'status',
  'state',
  'paid',
  'received',
  'currency',
  'id',
  'orderId',
  'number',
  'version',
  'owner',
  'userId',
  'accessToken',
  'expiresAt',
  'hold',
  '__proto__',
  'constructor',
  'prototype',
];

/** Bodies that are not the JSON we ask for. `type` is the content type they come with. */
export const hostileBodies: { title: string; body: string | Buffer; type?: string; encoding?: string }[] = [
  { title: 'nothing', body: '' },
  { title: 'half an object', body: '{"items":[' },
  { title: 'an object and more', body: '{} {}' },
  { title: 'a comment', body: '{/* */}' },
  { title: 'single quotes', body: "{'items':[]}" },
  { title: 'a word', body: 'hello' },
  { title: 'a number', body: '1' },
  { title: 'null', body: 'null' },
  { title: 'a list', body: '[]' },
  { title: 'a string', body: '"{}"' },
  { title: 'bytes that are no text', body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) },
  {
    title: 'another charset',
    body: Buffer.from('{"items":1}', 'utf16le'),
    type: 'application/json; charset=utf-16',
  },
  { title: 'lists ten thousand deep', body: '['.repeat(10_000) + ']'.repeat(10_000) },
  { title: 'objects five thousand deep', body: `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}` },
  { title: 'a prototype', body: '{"__proto__":{"status":"paid"}}' },
  { title: 'a constructor', body: '{"constructor":{"prototype":{"status":"paid"}}}' },
  { title: 'XML', body: '<items/>', type: 'application/xml' },
  { title: 'a form', body: 'items=1', type: 'application/x-www-form-urlencoded' },
  { title: 'JSON as plain text', body: '{}', type: 'text/plain' },
  { title: 'JSON without a type', body: '{}', type: '' },
  { title: 'a broken type', body: '{}', type: 'application/json/x' },
  { title: 'compressed bytes', body: Buffer.from('1f8b0800000000000003abae0500', 'hex'), encoding: 'gzip' },
];

/** A member of a JSON text at a path, replaced by JSON text. Members that are missing on the way are made. */
export function withMember(body: object, path: readonly (string | number)[], json: string): string {
  const marker = `marker-${path.join('-')}`;
  const copy = structuredClone(body) as Record<string | number, unknown>;
  let parent = copy;
  for (const step of path.slice(0, -1)) {
    parent[step] ??= {};
    parent = parent[step] as Record<string | number, unknown>;
  }
  Object.defineProperty(parent, path.at(-1)!, {
    value: marker,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return JSON.stringify(copy).replace(JSON.stringify(marker), () => json);
}
