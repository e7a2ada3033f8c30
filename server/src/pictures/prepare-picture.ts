import type { Sharp } from 'sharp';
import {
  type FileFormat,
  fileFormats,
  type PictureFile,
  pictureFormatOf,
  pictureWidths,
} from '../domain/picture.ts';

/** Pixels of a phone's largest pictures, and some. Unpacked, such a picture takes 200 MB. */
const mostPixels = 50_000_000;
/** Seconds one step may take; the largest picture takes two. */
const patience = 15;
/** A picture fits into so many times its width, so that one of a skyscraper does not become a skyscraper. */
const tallest = 2;

type Library = typeof import('sharp')['default'];
let library: Promise<Library> | null = null;

/** Only a process that is sent a picture loads it: the others start sooner and stay smaller. */
async function loadSharp(): Promise<Library> {
  const { default: sharp } = await import('sharp');
  // Everything libvips can read besides these four is a door that nobody needs: SVG and PDF fetch and run things.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Jpeg', 'Png', 'Webp', 'Heif'].map((format) => `VipsForeignLoad${format}Buffer`),
  });
  // What is read once is not read again, so remembering it only holds memory. One thread leaves the others to purchases.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

type Prepared = { files: PictureFile[] } | { problem: 'unreadable' | 'too_large' };

// One picture at a time: each takes a processor and much memory, and whoever uploads five can wait.
let line: Promise<unknown> = Promise.resolve();

/** Turned upright, in the widths and formats of the pages, in plain colours, and without place, time and camera. */
export function preparePicture(upload: Uint8Array): Promise<Prepared> {
  const turn = line.then(() => prepare(upload));
  line = turn.catch(() => {});
  return turn;
}

async function prepare(upload: Uint8Array): Promise<Prepared> {
  if (pictureFormatOf(upload) === null) return { problem: 'unreadable' };
  library ??= loadSharp();
  const sharp = await library;
  const options = { failOn: 'error', limitInputPixels: mostPixels, animated: false } as const;
  try {
    const { width, height } = await sharp(upload, { ...options, limitInputPixels: false }).metadata();
    if (width * height > mostPixels) return { problem: 'too_large' };
    const largest = pictureWidths.at(-1)!;
    const shrunk = within(sharp(upload, options).timeout({ seconds: patience }).autoOrient(), largest);
    const { data, info } = await shrunk.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    return { files: await filesOf(() => sharp(data, { raw }), raw) };
  } catch (error) {
    // A machine that is too slow just now says nothing of the picture.
    if (/^timeout/i.test((error as Error).message)) throw error;
    // Whatever else libvips says of it, whoever uploaded it can only choose another one.
    return { problem: 'unreadable' };
  }
}

function within(picture: Sharp, width: number): Sharp {
  return picture.resize({ width, height: width * tallest, fit: 'inside', withoutEnlargement: true });
}

async function filesOf(
  picture: () => Sharp,
  size: { width: number; height: number },
): Promise<PictureFile[]> {
  const files: PictureFile[] = [];
  for (const box of boxesFor(size)) {
    for (const format of fileFormats) {
      const made = encoded(within(picture(), box), format, box).timeout({ seconds: patience });
      const { data, info } = await made.toBuffer({ resolveWithObject: true });
      files.push({ box, format, width: info.width, height: info.height, bytes: data });
    }
  }
  return files;
}

/** Every width that makes it smaller, and the first that does not. */
function boxesFor({ width, height }: { width: number; height: number }): number[] {
  const whole = pictureWidths.findIndex((box) => box >= width && box * tallest >= height);
  return whole === -1 ? [...pictureWidths] : pictureWidths.slice(0, whole + 1);
}

/** Large pictures are looked at on fine screens, where less quality is not seen. */
function encoded(picture: Sharp, format: FileFormat, box: number): Sharp {
  const small = box < 1000;
  return format === 'avif'
    ? picture.avif({ quality: small ? 56 : 50, effort: 3 })
    : picture.webp({ quality: small ? 76 : 70, effort: 4 });
}
