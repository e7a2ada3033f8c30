import { createHash } from 'node:crypto';
import { maxPictures } from '@paydesk/contract/admin/product-limits';
import type { AdminProduct, ArrangePicturesRequest } from '@paydesk/contract/admin/products';
import type { ProductImage } from '@paydesk/contract/catalogue';
import { findProduct, lockProduct, updateImages } from '../../db/catalogue.ts';
import { insertPicture } from '../../db/pictures.ts';
import type { ProductRow } from '../../db/products.ts';
import type { Tx } from '../../db/schema.ts';
import { pictureFormatOf, pictureOf } from '../../domain/picture.ts';
import { AppError } from '../errors.ts';
import type { App } from '../ports.ts';
import { lockVersion } from './change-product.ts';
import { presentProduct } from './present-product.ts';
import { recordChange } from './record-change.ts';

type Upload = { bytes: Uint8Array; alt: string | undefined; by: string };

/**
 * Adds a picture behind those that a product has. It is judged by its content, and nothing of the upload is kept but what
 * can be seen. The same picture twice is one.
 *
 * @throws AppError product_not_found, product_archived, picture_type_not_taken, picture_not_readable, picture_too_many_pixels,
 *   too_many_pictures
 */
export async function addPicture(app: App, productId: string, upload: Upload): Promise<AdminProduct> {
  if (pictureFormatOf(upload.bytes) === null) throw new AppError('picture_type_not_taken');
  const known = await findProduct(app.database.read, productId);
  if (!known) throw new AppError('product_not_found');
  requireRoom(known);
  const prepared = await app.preparePicture(upload.bytes);
  if ('problem' in prepared)
    throw new AppError(prepared.problem === 'too_large' ? 'picture_too_many_pixels' : 'picture_not_readable');
  const hash = createHash('sha256').update(upload.bytes).digest('hex').slice(0, 32);
  const row = await app.database.transaction(async (tx) => {
    const product = await lockProduct(tx, productId);
    if (!product) throw new AppError('product_not_found');
    const image = pictureOf(hash, prepared.files, upload.alt ?? product.name);
    const images = imagesOf(product);
    if (images.some(({ url }) => url === image.url)) return product;
    requireRoom(product);
    await insertPicture(tx, hash, prepared.files, app.clock.now());
    return await writeImages(app, tx, product, [...images, image], upload.by);
  });
  return presentProduct(app, row);
}

/**
 * Puts the pictures of a product into another order, gives them other words, and leaves out those that are not named. Their
 * files stay: orders that were placed show them.
 *
 * @throws AppError product_not_found, product_changed, product_archived, invalid_request for a picture that it does not have
 */
export async function arrangePictures(
  app: App,
  productId: string,
  { version, pictures }: ArrangePicturesRequest,
  by: string,
): Promise<AdminProduct> {
  if (new Set(pictures.map(({ url }) => url)).size < pictures.length)
    throw new AppError('invalid_request', { message: 'A picture is named twice.' });
  const row = await app.database.transaction(async (tx) => {
    const product = await lockVersion(tx, productId, version);
    if (product.archived_at !== null) throw new AppError('product_archived');
    const known = imagesOf(product);
    const images = pictures.map(({ url, alt }) => {
      const image = known.find((one) => one.url === url);
      if (!image) throw new AppError('invalid_request', { message: 'The product has no such picture.' });
      return { ...image, alt };
    });
    if (JSON.stringify(images) === product.images_json) return product;
    return await writeImages(app, tx, product, images, by);
  });
  return presentProduct(app, row);
}

function imagesOf(product: ProductRow): ProductImage[] {
  return JSON.parse(product.images_json) as ProductImage[];
}

function requireRoom(product: ProductRow): void {
  if (product.archived_at !== null) throw new AppError('product_archived');
  if (imagesOf(product).length >= maxPictures) throw new AppError('too_many_pictures');
}

async function writeImages(
  app: App,
  tx: Tx,
  product: ProductRow,
  images: readonly ProductImage[],
  by: string,
): Promise<ProductRow> {
  const fields = [{ field: 'pictures', from: imagesOf(product).length, to: images.length }];
  await recordChange(app, tx, { objectId: product.id, by, what: 'pictures', fields });
  return await updateImages(tx, product, JSON.stringify(images));
}
