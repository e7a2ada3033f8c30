import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Config } from '@react-router/dev/config';

export default {
  appDirectory: 'src',
  // The shop has a dozen routes: sending them all at once is smaller than a request for each discovery.
  routeDiscovery: { mode: 'initial' },
  async buildEnd({ viteConfig }) {
    await compressFolder(join(viteConfig.root, 'build/client/assets'));
  },
} satisfies Config;

/** Puts a .br and a .gz beside every text file, so that the server compresses nothing while people wait. */
async function compressFolder(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /\.(js|css|svg)$/.test(name));
  for (const name of names) {
    const path = join(folder, name);
    const content = await readFile(path);
    await writeFile(`${path}.br`, await promisify(brotliCompress)(content));
    await writeFile(`${path}.gz`, await promisify(gzip)(content));
  }
}
