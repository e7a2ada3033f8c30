import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A picture of one colour with a mark in one corner, as a file of that format. */
export async function pictureFile(
  format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff',
  { width = 900, height = 600, colour = '#a04030' } = {},
): Promise<Buffer> {
  const background = { create: { width, height, channels: 3 as const, background: colour } };
  const mark = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#ffffff' } })
    .png()
    .toBuffer();
  return await sharp(background)
    .composite([{ input: mark, left: 0, top: 0 }])
    .toFormat(format)
    .toBuffer();
}

/** A few bytes that claim to be a picture of so many pixels, as those do that are meant to fill a memory. */
export function bombOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const rows = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
