import type { AdminProduct, ProductPage } from '@paydesk/contract/admin/products';
import type { Product, ProductImage } from '@paydesk/contract/catalogue';
import type { ErrorBody } from '@paydesk/contract/errors';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operate } from '../support/operators.ts';
import { bombOf, pictureFile } from '../support/picture-files.ts';
import {
  call,
  cart,
  databases,
  operatorToken,
  order,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';

const productId = 'prod_stoneware-mug';

describe.each(databases)('pictures on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
  });
  afterAll(() => shop.stop());

  const upload = async (
    bytes: Uint8Array | string,
    { type = 'image/jpeg', query = '', id = productId } = {},
  ) => {
    const response = await fetch(`${shop.url}/api/admin/products/${id}/pictures${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operatorToken}`, 'content-type': type },
      body: bytes as string,
    });
    const body = (await response.json()) as { product: AdminProduct } & ErrorBody;
    return { status: response.status, product: body.product, code: body.error?.code };
  };
  const read = async () => (await operate<ProductPage>(shop, 'GET', `/products/${productId}`)).body.product;
  const arrange = (version: number, pictures: object[]) =>
    operate<{ product: AdminProduct }>(shop, 'POST', `/products/${productId}/pictures/arrange`, {
      body: { version, pictures },
    });
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${shop.url}${path}`, { headers });
    return {
      status: response.status,
      headers: response.headers,
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  };

  it('a picture is shown in the sizes of the pages, for ever, and once', async () => {
    const before = (await read()).images.length;
    const bytes = await pictureFile('jpeg', { width: 900, height: 600 });
    const { status, product } = await upload(bytes, { query: '?alt=A%20%E2%80%9Cred%E2%80%9D%20one' });
    expect(status).toBe(201);
    const image = product.images[before]!;
    expect(image).toMatchObject({ alt: 'A “red” one', width: 800, height: 533 });
    expect(image.srcset.avif.split(', ').map((one) => one.split(' ')[1])).toEqual(['400w', '800w', '900w']);
    for (const path of pathsOf(image)) {
      const file = await get(path);
      expect(file.headers.get('content-type')).toBe(`image/${path.split('.')[1]}`);
      expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(file.headers.get('x-content-type-options')).toBe('nosniff');
      const { width = 0 } = await sharp(file.bytes).metadata();
      expect(path).toContain(`-${width === 900 ? 1200 : width}.`);
      expect((await get(path, { 'if-none-match': file.headers.get('etag')! })).status).toBe(304);
    }
    expect((await upload(bytes)).product.images).toHaveLength(before + 1);
    const shown = await call<{ product: Product }>(shop, 'GET', '/api/products/stoneware-mug');
    expect(shown.body.product.images[before]).toEqual(image);
  });

  it('a picture may be a PNG, WebP or AVIF too, whatever its sender calls it', async () => {
    for (const format of ['png', 'webp', 'avif'] as const) {
      const bytes = await pictureFile(format, { width: 200, height: 100 });
      const { product } = await upload(bytes, { type: 'image/x-anything' });
      const image = product.images.at(-1)!;
      expect(image).toMatchObject({ alt: 'Stoneware mug', width: 200, height: 100 });
      expect(pathsOf(image)).toHaveLength(2);
    }
  });

  it('a picture is turned upright, and says nothing of its place, time and camera', async () => {
    const bytes = await sharp(await pictureFile('jpeg', { width: 300, height: 150 }))
      .withExif({ IFD0: { Copyright: 'Secret owner' }, IFD3: { GPSLatitude: '48/1 8/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { product } = await upload(bytes);
    const image = product.images.at(-1)!;
    expect([image.width, image.height]).toEqual([150, 300]);
    const file = (await get(image.url)).bytes;
    expect(file.includes('Secret owner')).toBe(false);
    expect((await sharp(file).metadata()).exif).toBeUndefined();
  });

  it('what is no picture, or not a whole one, is refused by its content, and nothing of it is kept', async () => {
    const before = await read();
    const jpeg = await pictureFile('jpeg', { colour: '#204060' });
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    const bad: [string, Uint8Array | string, string][] = [
      ['a page', '<!doctype html><script>alert(1)</script>', '415 picture_type_not_taken'],
      ['SVG', svg, '415 picture_type_not_taken'],
      ['GIF', await pictureFile('gif'), '415 picture_type_not_taken'],
      ['TIFF', await pictureFile('tiff'), '415 picture_type_not_taken'],
      ['nothing', '', '415 picture_type_not_taken'],
      [
        'SVG behind the first bytes of a JPEG',
        Buffer.concat([jpeg.subarray(0, 3), Buffer.from(svg)]),
        '422 picture_not_readable',
      ],
      ['half a JPEG', jpeg.subarray(0, jpeg.length / 2), '422 picture_not_readable'],
      ['a PNG of 3.6 billion pixels', bombOf(60_000, 60_000), '422 picture_too_many_pixels'],
      ['a PNG that lacks its pixels', bombOf(7_000, 7_000), '422 picture_not_readable'],
      ['11 MB', Buffer.alloc(11 * 1024 * 1024), '413 body_too_large'],
    ];
    for (const [what, bytes, answer] of bad) {
      const { status, code } = await upload(bytes);
      expect([what, `${status} ${code}`]).toEqual([what, answer]);
    }
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/html'])
      expect((await upload(type === 'application/json' ? '{}' : 'x', { type })).code).toBe(
        'picture_type_not_taken',
      );
    expect((await upload(jpeg, { id: 'prod_none' })).code).toBe('product_not_found');
    expect((await upload(jpeg, { query: '?name=../../x' })).code).toBe('invalid_request');
    expect(await read()).toEqual(before);
  });

  it('no address leads to anything but a picture', async () => {
    const hash = 'a'.repeat(32);
    const paths = [
      `${hash}-400.webp`,
      '../package.json',
      '..%2f..%2fetc%2fpasswd',
      `${hash}-401.webp`,
      `${hash}-400.svg`,
      `${hash}-400.webp%00.html`,
    ];
    for (const path of paths) expect([400, 404]).toContain((await get(`/media/${path}`)).status);
  });

  it('pictures are put in order, described and left out by who saw the newest version; an order still shows what it showed', async () => {
    const { images, version } = await read();
    const first = images[0]!;
    const uploaded = images.at(-1)!;
    const turned = await arrange(
      version,
      [{ url: uploaded.url, alt: 'In front now' }, first].map(({ url, alt }) => ({ url, alt })),
    );
    expect(turned.body.product.images).toEqual([{ ...uploaded, alt: 'In front now' }, first]);
    const placed = await order(shop, cart());
    const next = version + 1;
    expect((await arrange(version, [])).body.error?.code).toBe('product_changed');
    expect((await arrange(next, [{ url: '/media/evil.svg', alt: '' }])).body.error?.code).toBe(
      'invalid_request',
    );
    expect(
      (
        await arrange(next, [
          { url: first.url, alt: '' },
          { url: first.url, alt: '' },
        ])
      ).status,
    ).toBe(400);
    const { body } = await arrange(next, [{ url: first.url, alt: '' }]);
    expect(body.product.images).toEqual([{ ...first, alt: '' }]);
    expect(placed.order.lines[0]?.image?.url).toBe(uploaded.url);
    expect((await get(uploaded.url)).status).toBe(200);
  });
});

function pathsOf(image: ProductImage): string[] {
  return [image.srcset.avif, image.srcset.webp].flatMap((set) =>
    set.split(', ').map((one) => one.split(' ')[0]!),
  );
}
