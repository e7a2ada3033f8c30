import { importsOf } from './imports.ts';
import type { Finding, Rule, SourceFile } from './source.ts';

/**
 * Who may import whom. A place is a workspace or a folder of the server; `app/ports` is the page of `app` that the
 * outside world implements, with a leaf for each part of it that is large, `app/errors` how it fails. Nouns are below, verbs above; an import may skip a level downwards, never point upwards.
 */
const arrows: Record<string, string[]> = {
  contract: ['contract'],
  domain: ['domain', 'contract'],
  db: ['db', 'domain', 'contract'],
  csv: ['csv', 'contract'],
  app: ['app', 'app/ports', 'app/errors', 'csv', 'db', 'domain', 'contract'],
  'app/errors': ['contract'],
  'app/ports': ['app/ports', 'app', 'db', 'domain', 'contract'],
  http: ['http', 'app', 'app/ports', 'app/errors', 'csv', 'db', 'domain', 'contract'],
  jobs: ['jobs', 'app', 'app/ports', 'app/errors', 'db', 'domain', 'contract'],
  providers: ['providers', 'app/ports', 'app/errors', 'domain', 'contract'],
  mail: ['mail', 'app/ports', 'app/errors', 'domain', 'contract'],
  accounts: ['accounts', 'app/ports', 'app/errors', 'db', 'domain', 'contract'],
  pictures: ['pictures', 'domain', 'contract'],
  documents: ['documents', 'app/ports', 'app/errors', 'domain', 'contract'],
  // It acts from outside: on the sandbox's control and on our own API.
  lab: ['lab', 'contract'],
  env: ['domain', 'contract'],
  composition: ['composition', 'env', 'app/ports', 'app', 'db', 'domain', 'contract'],
  identity: ['app/ports'],
  shop: ['app', 'app/ports', 'db', 'env', 'contract'],
  web: ['web', 'contract'],
  sandbox: ['sandbox'],
};

/** Places that put the parts together, or look at them from outside, and so may import any. */
const free = new Set([
  'main',
  'check',
  'figures',
  'reconcile',
  'doctor',
  'compose',
  'compose-back-office',
  'outside',
]);

export const arrowRule: Rule = {
  name: 'arrows',
  check(file) {
    const from = placeOf(file.path);
    if (free.has(from)) return [];
    const allowed = arrows[from];
    if (!allowed)
      return [
        {
          at: 0,
          message: `The layout has no place "${from}". Use a folder of DESIGN §1, or add its arrows.`,
        },
      ];
    return [...wrongArrows(file, from, allowed), ...computedImports(file), ...providersApart(file)];
  },
};

function wrongArrows(file: SourceFile, from: string, allowed: string[]): Finding[] {
  return importsOf(file).flatMap(({ at, specifier, target, typeOnly }) => {
    if (target === undefined) return [];
    const to = placeOf(target);
    // The shape of the settings may be known above; their values are handed in.
    const settingsType = to === 'env' && typeOnly && (from === 'http' || from === 'jobs');
    if (allowed.includes(to) || settingsType) return [];
    return [
      { at, message: `${from} may not import ${to} ("${specifier}"). It may import ${allowed.join(', ')}.` },
    ];
  });
}

function computedImports(file: SourceFile): Finding[] {
  return importsOf(file)
    .filter(({ specifier }) => specifier === '' && !file.path.startsWith('web/'))
    .map(({ at }) => ({
      at,
      message: 'An import must name its file in plain text, so that its arrow can be checked.',
    }));
}

/** A way of paying is one folder, and can be taken away without touching another. */
function providersApart(file: SourceFile): Finding[] {
  const folder = /^server\/src\/providers\/[^/]+\//.exec(file.path)?.[0];
  if (!folder) return [];
  return importsOf(file)
    .filter(
      ({ target }) => /^server\/src\/providers\/[^/]+\//.test(target ?? '') && !target?.startsWith(folder),
    )
    .map(({ at, specifier }) => ({
      at,
      message: `One provider may not import another ("${specifier}"). Move what they share up.`,
    }));
}

function placeOf(path: string): string {
  const server = /^server\/src\/(.+)$/.exec(path)?.[1];
  if (server === 'main.ts') return 'main';
  if (server === 'app/errors.ts') return 'app/errors';
  if (server && /^app\/ports(-\w+)?\.ts$/.test(server)) return 'app/ports';
  if (server) return server.replace(/\.ts$/, '').split('/')[0]!;
  const workspace = /^(contract|web|sandbox)\//.exec(path)?.[1];
  return workspace && !/^[a-z]+\/test\//.test(path) && !path.endsWith('.config.ts') ? workspace : 'outside';
}
