import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { catalogue, imageWidths } from '../seed/catalogue.ts';
import { shots } from './shots.ts';
import { cameraFor } from './studio/camera.ts';
import { render } from './studio/render.ts';
import { groundOf, high, type Shot, stage, type Tone, tones, wide } from './studio/stage.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    sheet: { type: 'string' },
    draft: { type: 'boolean', default: false },
  },
});
const folder = fileURLToPath(new URL('../../web/public/images/products/', import.meta.url));
const only = values.only?.split(',');

await mkdir(folder, { recursive: true });
const pictures: Buffer[] = [];
let bytes = 0;
for (const product of catalogue) {
  if (only && !only.includes(product.slug)) continue;
  for (const { view } of product.images) {
    const shot = shots[product.slug]?.[view];
    if (!shot) continue;
    const began = Date.now();
    const picture = await photograph(shot(), tones[product.category]);
    if (!values.draft) bytes += await save(picture, `${product.slug}-${view}`);
    pictures.push(picture);
    console.log(`${product.slug} ${view}: ${Date.now() - began} ms`);
  }
}
console.log(`${pictures.length} pictures, ${(bytes / 1e6).toFixed(2)} MB`);
if (values.sheet) await contactSheet(pictures, values.sheet);

/** Renders the things, sets them on the stage, and returns a PNG of 1200 × 1500 pixels. */
async function photograph(shot: Shot, tone: Tone): Promise<Buffer> {
  const [size, fine] = values.draft ? [0.34, 1] : [1, 2];
  const [width, height] = [Math.round(wide * size), Math.round(high * size)];
  const camera = cameraFor(shot.view, width * fine, height * fine);
  const layer = render(shot.parts, camera, width * fine, height * fine, fine, groundOf(tone));
  const raw = { width: layer.width, height: layer.height, channels: 4 } as const;
  const png = await sharp(layer.data, { raw }).png({ compressionLevel: 1 }).toBuffer();
  const over = shot.over?.(cameraFor(shot.view, wide, high)) ?? '';
  const svg = stage(tone, `data:image/png;base64,${png.toString('base64')}`, over, shot.dusk ?? 0);
  return new Resvg(svg, { fitTo: { mode: 'width', value: width } }).render().asPng();
}

async function save(picture: Buffer, name: string): Promise<number> {
  let sum = 0;
  for (const width of imageWidths) {
    const scaled = sharp(picture).resize(width);
    const avif = await scaled
      .clone()
      .avif({ quality: width < 1000 ? 56 : 50, effort: 3 })
      .toFile(`${folder}${name}-${width}.avif`);
    const webp = await scaled
      .clone()
      .webp({ quality: width < 1000 ? 76 : 70, effort: 4 })
      .toFile(`${folder}${name}-${width}.webp`);
    sum += avif.size + webp.size;
  }
  return sum;
}

/** All pictures of this run on one page, to be looked at. */
async function contactSheet(all: readonly Buffer[], file: string): Promise<void> {
  const [columns, width] = [Math.min(6, all.length), all.length > 12 ? 260 : 400];
  const cell = { width, height: width * 1.25 };
  const small = await Promise.all(all.map((picture) => sharp(picture).resize(cell.width).png().toBuffer()));
  const rows = Math.ceil(all.length / columns);
  await sharp({
    create: { width: columns * cell.width, height: rows * cell.height, channels: 3, background: '#fff' },
  })
    .composite(
      small.map((input, i) => ({
        input,
        left: (i % columns) * cell.width,
        top: Math.floor(i / columns) * cell.height,
      })),
    )
    .png()
    .toFile(file);
}
