import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { repository, runProgram } from './testing/command.ts';

/** What the built pages are made of. A change in any of them makes the build old. */
const sources = ['web', 'contract/src', 'package-lock.json'];
const made = new Set(['node_modules', 'build', '.react-router', 'test']);
const result = 'web/build/server/index.js';

/** Builds the web app when that was never done, or when something it is made of is newer. Throws with the build's own words. */
export async function ensureWebBuild(say: (line: string) => void): Promise<void> {
  const built = await changedAt(result);
  const newest = Math.max(...(await Promise.all(sources.map(newestIn))));
  if (built > newest) return;
  say(
    built === 0
      ? 'Building the storefront, for the first time…'
      : 'Building the storefront again, because it has changed…',
  );
  const started = performance.now();
  const { ok, output, reason } = await runProgram(['npm', 'run', 'build', '-w', 'web'], {
    output: 'keep',
    timeLimit: 180_000,
  });
  if (!ok) throw new Error(`${output.trimEnd()}\nThe storefront could not be built: the build ${reason}.`);
  say(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

async function newestIn(path: string): Promise<number> {
  const entries = await readdir(join(repository, path), { withFileTypes: true }).catch(() => []);
  const inside = entries
    .filter(({ name }) => !made.has(name))
    .map((entry) => {
      const child = `${path}/${entry.name}`;
      return entry.isDirectory() ? newestIn(child) : changedAt(child);
    });
  return Math.max(await changedAt(path), ...(await Promise.all(inside)));
}

/** Epoch milliseconds of the last change; 0 for what does not exist. A folder changes with the files it lists. */
async function changedAt(path: string): Promise<number> {
  return stat(join(repository, path)).then(
    (entry) => entry.mtimeMs,
    () => 0,
  );
}
