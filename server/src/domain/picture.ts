import type { ProductImage } from '@paydesk/contract/catalogue';

/** What uploads are taken; told by their first bytes, never by a name or by what the sender says. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif';

/** Pixels across, as the pages ask for them. A picture that is smaller has only those that fit into it. */
export const pictureWidths = [400, 800, 1200] as const;
export const fileFormats = ['avif', 'webp'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** One size of a picture in one format. `box` is the width it was made for, `width` the one it has. */
export type PictureFile = {
  box: number;
  format: FileFormat;
  width: number;
  height: number;
  bytes: Uint8Array;
};

/**
 * Makes of an upload the files that the pages show, without anything else that was in it. `unreadable`: damaged, cut off, or
 * not what its first bytes say; `too_large`: more pixels than anybody looks at.
 */
export type PreparePicture = (
  upload: Uint8Array,
) => Promise<{ files: PictureFile[] } | { problem: 'unreadable' | 'too_large' }>;

const jpeg = [0xff, 0xd8, 0xff];
const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Sources: the signatures of ITU T.81 (JPEG), W3C PNG, RFC 9649 (WebP), and ISO 14496-12 with the brands of AVIF.
 */
export function pictureFormatOf(bytes: Uint8Array): PictureFormat | null {
  const begins = (signature: readonly number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (begins(jpeg)) return 'jpeg';
  if (begins(png)) return 'png';
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  return text(4, 8) === 'ftyp' && ['avif', 'avis'].includes(text(8, 12)) ? 'avif' : null;
}

/** Where a file is served. The name is made of its content, so what is there never changes. */
function mediaPath(hash: string, box: number, format: string): string {
  return `/media/${hash}-${box}.${format}`;
}

/** A picture as the pages show it. */
export function pictureOf(hash: string, files: readonly PictureFile[], alt: string): ProductImage {
  const srcset = (format: FileFormat) =>
    files
      .filter((file) => file.format === format)
      .map((file) => `${mediaPath(hash, file.box, format)} ${file.width}w`)
      .join(', ');
  const webp = files.filter(({ format }) => format === 'webp');
  const main = webp.find(({ box }) => box === 800) ?? webp.at(-1)!;
  return {
    url: mediaPath(hash, main.box, 'webp'),
    alt,
    width: main.width,
    height: main.height,
    srcset: { avif: srcset('avif'), webp: srcset('webp') },
  };
}
