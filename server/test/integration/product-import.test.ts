import type { ImportReport } from '@paydesk/contract/admin/import';
import type { ProductPage } from '@paydesk/contract/admin/products';
import type { Product } from '@paydesk/contract/catalogue';
import type { ErrorBody } from '@paydesk/contract/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from '../support/books.ts';
import { operate } from '../support/operators.ts';
import {
  call,
  cart,
  databases,
  operatorToken,
  order,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';
import { countRows, runSql, stockOf } from '../support/stored.ts';

const heading = 'slug,name,category,price,on_hand,active';

describe.each(databases)('products as a file on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
  });
  afterAll(async () => {
    await checkBooks(shop);
    await shop.stop();
  });

  const send = async (file: string | Uint8Array, { apply = '', type = 'text/csv' } = {}) => {
    const response = await fetch(`${shop.url}/api/admin/products/import${apply && `?apply=${apply}`}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operatorToken}`, 'content-type': type },
      body: file as string,
    });
    const body = (await response.json()) as ImportReport & Partial<ErrorBody>;
    return { status: response.status, report: body, code: body.error?.code, message: body.error?.message };
  };
  const apply = async (file: string) => {
    const { report } = await send(file);
    return await send(file, { apply: report.fingerprint });
  };
  const exported = async () => {
    const reply = await operate<string>(shop, 'GET', '/products.csv');
    return reply.body as string;
  };
  const productCount = async () => (await runSql(shop, 'SELECT id FROM products')).length;

  it('goes out and comes in again, and nothing changes, whatever is in the texts', async () => {
    const odd = {
      name: '=HYPERLINK("http://x","y")',
      attribute: "'=1+1",
      description: '+1;\n"two", \'=3\n-4',
    };
    const body = { ...odd, slug: 'odd', category: '@home', price: { amount: 105, currency: 'usd' } };
    expect((await operate(shop, 'POST', '/products', { body })).status).toBe(201);
    const file = await exported();
    expect(file).toContain(
      `odd,"'=HYPERLINK(""http://x"",""y"")",''=1+1,"'+1;\n""two"", '=3\n-4",'@home,1.05,usd,0,`,
    );
    for (const cell of file.split(/[\r\n,]+/)) expect(cell).not.toMatch(/^"?[=+@]/);
    const { report } = await send(file);
    expect(report).toMatchObject({
      created: 0,
      changed: 0,
      problems: 0,
      products: [],
      same: await productCount(),
    });
    expect((await apply(file)).report).toMatchObject({ applied: true, changed: 0 });
    expect(await exported()).toBe(file);
  });

  it('says first what would change, changes exactly that, and nothing when it comes again', async () => {
    const file = `${heading}\r\nstoneware-mug,,,25.50,121,\r\n\r\nnew-lamp,New lamp,Garden,99,7,yes\r\nnew-post,New post,garden,"1,05",,\r\n`;
    const preview = await send(file);
    expect(preview.report).toMatchObject({ applied: false, created: 2, changed: 1, same: 0, problems: 0 });
    expect(preview.report.products[0]).toMatchObject({
      line: 2,
      action: 'change',
      fields: [
        { field: 'price', from: 2_400, to: 2_550 },
        { field: 'onHand', from: 120, to: 121 },
      ],
    });
    expect(preview.report.products[1]).toMatchObject({ line: 4, action: 'create', slug: 'new-lamp' });
    expect((await call(shop, 'GET', '/api/products/new-lamp')).status).toBe(404);
    const { report } = await send(file, { apply: preview.report.fingerprint });
    expect(report).toMatchObject({ applied: true, created: 2, changed: 1 });
    const lamp = (await call<{ product: Product }>(shop, 'GET', '/api/products/new-lamp')).body.product;
    expect(lamp).toMatchObject({
      price: { amount: 9_900 },
      stock: 7,
      category: { slug: 'garden', name: 'Garden' },
    });
    const mug = (await operate<ProductPage>(shop, 'GET', '/products/prod_stoneware-mug')).body;
    expect(mug.changes[0]).toMatchObject({ what: 'imported', by: 'operator' });
    expect(mug.movements[0]).toMatchObject({ after: 121, reason: 'Imported from a file.' });
    const again = await send(file);
    expect(again.report).toMatchObject({ created: 0, changed: 0, same: 3 });
    const count = await productCount();
    expect((await apply(file)).report.applied).toBe(true);
    expect(await productCount()).toBe(count);
  });

  it('is refused when something was sold since the preview, and then tells anew', async () => {
    const file = 'slug,on_hand\r\nolive-soap,50';
    const { report } = await send(file);
    await operate(shop, 'POST', '/products/prod_olive-soap/stock', {
      body: { change: -1, reason: 'Broken.' },
    });
    expect((await send(file, { apply: report.fingerprint })).code).toBe('import_changed');
    expect((await apply(file)).report.applied).toBe(true);
    expect((await stockOf(shop, 'prod_olive-soap')).on_hand).toBe(50);
  });

  it('with a wrong line changes nothing, and names each of them', async () => {
    await order(shop, cart([{ productId: 'prod_hand-wash', quantity: 3 }]));
    const before = [await exported(), await countRows(shop)];
    const file = [
      heading,
      'bath-salts,Fine salts,Bath & body,12,1,yes',
      'Bad Slug,X,Y,1,1,yes',
      'no-price,Named,Bath,,1,yes',
      'stoneware-mug,"Two\nlines",,1.234,-1,perhaps',
      'hand-wash,,,,2,',
      'bath-salts,,,,,',
      'short,line',
    ].join('\r\n');
    const { report } = await send(file);
    expect(report.firstProblems.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '3 slug',
      '4 price',
      '5 name',
      '5 price',
      '5 on_hand',
      '5 active',
      '7 on_hand',
      '8 slug',
      '9 null',
    ]);
    expect((await send(file, { apply: report.fingerprint })).code).toBe('import_has_problems');
    expect([await exported(), await countRows(shop)]).toEqual(before);
  });

  it('is refused in words where it cannot be read', async () => {
    const bad: [string | Buffer, string][] = [
      ['', 'The file is empty.'],
      ['slug,price,size', '“size” is none of'],
      ['slug,slug', 'The column “slug” is there twice.'],
      ['name,price', 'The column “slug” is missing'],
      ['slug,name\r\na,"b', 'Line 2: A quotation mark is opened and never closed.'],
      ['slug,name\r\na,b"c"', 'Line 2: A quotation mark stands in the middle of a cell.'],
      [`slug\r\n${'a\r\n'.repeat(2_001)}`, 'more than 2000 lines'],
      [Buffer.from('slug,name\r\na,caf\xe9', 'latin1'), 'not in UTF-8'],
    ];
    for (const [file, words] of bad) {
      const { status, code, message } = await send(file);
      expect(`${status} ${code} ${message}`).toContain('400 import_not_readable');
      expect(message).toContain(words);
    }
  });

  it('is taken with semicolons and a byte order mark, and only as a file, of a size that a person made', async () => {
    expect((await send('\uFEFFslug;price\r\nstoneware-mug;25,50')).report).toMatchObject({ problems: 0 });
    expect((await send('{}', { type: 'application/json' })).code).toBe('csv_required');
    expect((await send(Buffer.alloc(2 * 1024 * 1024 + 1, 'a'))).code).toBe('body_too_large');
    expect((await send('slug', { apply: 'x'.repeat(43) })).code).toBe('import_changed');
  });
});
