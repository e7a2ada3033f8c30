/**
 * Completes package-lock.json with the parts for other platforms that npm leaves out when the registry in use does not
 * carry them; `npm ci` would otherwise refuse the file. Run it after every change of dependencies: `npm run lock`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Part = {
  version?: string;
  license?: string;
  engines?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  cpu?: string[];
  os?: string[];
  libc?: string[];
  dev?: boolean;
  optional?: boolean;
};

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Part> };
const added: string[] = [];

for (const owner of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    const platform = /(android|darwin|win32|freebsd|linux|openharmony)-([a-z0-9]+)(?:-([a-z]+))?$/.exec(name);
    if (path in lock.packages || !platform) continue;
    lock.packages[path] = partFor(owner, version, platform);
    added.push(name);
  }
}

const sorted = Object.entries(lock.packages).sort(([one], [other]) => one.localeCompare(other, 'en'));
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
process.stdout.write(
  added.length === 0 ? 'The lock is complete.\n' : `Added to the lock: ${added.join(', ')}\n`,
);

function partFor(owner: Part, version: string, [, os, cpu, libc]: RegExpExecArray): Part {
  const libraries = libc === 'gnu' ? ['glibc'] : libc === 'musl' ? ['musl'] : null;
  return {
    version,
    cpu: [cpu!],
    ...(owner.dev && { dev: true }),
    ...(libraries && { libc: libraries }),
    ...(owner.license && { license: owner.license }),
    optional: true,
    os: [os!],
    ...(owner.engines && { engines: owner.engines }),
  };
}
