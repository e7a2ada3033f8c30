import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** Composes the picture that other sites show next to a link to the shop: three products side by side, no words. */
const products = ['stoneware-mug', 'table-lamp', 'plant-pot'];
const size = { width: 400, height: 630 };
const folder = new URL('../../web/public/images/', import.meta.url);

const strips = await Promise.all(
  products.map((slug) =>
    sharp(fileURLToPath(new URL(`products/${slug}-front-1200.webp`, folder)))
      .resize({ ...size, fit: 'cover', position: 'centre' })
      .toBuffer(),
  ),
);
await sharp({ create: { width: 1200, height: 630, channels: 3, background: '#ffffff' } })
  .composite(strips.map((input, i) => ({ input, left: i * size.width, top: 0 })))
  .jpeg({ quality: 82, mozjpeg: true })
  .toFile(fileURLToPath(new URL('preview.jpg', folder)));
console.log('web/public/images/preview.jpg');
