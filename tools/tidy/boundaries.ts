import { importsOf } from './imports.ts';
import {
  type Finding,
  isTestFile,
  memberName,
  type Rule,
  type SourceFile,
  type SyntaxNode,
  walk,
} from './source.ts';

const serverCode = /^(server|contract)\/src\//;

/** Packages that one place knows and nobody else. */
const homes: { packages: RegExp; home: RegExp; instead: string }[] = [
  {
    packages: /^stripe(\/|$)/,
    home: /^server\/src\/providers\/stripe\//,
    instead: 'Ask for what is needed through app/ports.ts; only server/src/providers/stripe knows the SDK.',
  },
  {
    packages: /^(pg|pg-.*|node:sqlite)$/,
    home: /^(server\/src\/db\/dialect|sandbox\/|tools\/)/,
    instead: 'Only server/src/db/dialect* opens a database.',
  },
  {
    packages: /^(fastify|@fastify\/.*)$/,
    home: /^server\/src\/(http\/|main\.ts)/,
    instead: 'Only server/src/http knows the web framework.',
  },
  {
    packages: /^(react|react-dom|react-router|@stripe\/.*)(\/|$)/,
    home: /^(web|sandbox\/test)\//,
    instead: 'Only web/ renders pages.',
  },
];

export const packageRule: Rule = {
  name: 'packages',
  check(file) {
    if (isTestFile(file.path)) return [];
    return importsOf(file).flatMap(({ at, specifier, typeOnly }) => {
      const known = homes.find(({ packages }) => packages.test(specifier));
      // The SDK's types are the schema of what the sandbox answers; none of its code runs there.
      const schema = typeOnly && specifier === 'stripe' && file.path.startsWith('sandbox/src/');
      if (!known || schema || known.home.test(file.path)) return [];
      return [{ at, message: `"${specifier}" may not be imported here. ${known.instead}` }];
    });
  },
};

/** The domain is computation: whatever it needs comes in as an argument. */
export const domainRule: Rule = {
  name: 'pure-domain',
  check(file) {
    if (!file.path.startsWith('server/src/domain/')) return [];
    return importsOf(file)
      .filter(({ target }) => target === undefined)
      .map(({ at, specifier }) => ({
        at,
        message: `The domain imports no package ("${specifier}"). Pass its result in.`,
      }));
  },
};

export const environmentRule: Rule = {
  name: 'environment',
  check(file) {
    const home = /^(server\/src\/env\.ts|tools\/|[^/]+\.config\.ts|[a-z]+\/[^/]+\.config\.ts)/;
    if (home.test(file.path) || isTestFile(file.path)) return [];
    const message = 'Settings are read in server/src/env.ts only. Take this one as an argument.';
    const imported = importsOf(file).filter(
      ({ specifier, names }) => specifier === 'node:process' && names.includes('env'),
    );
    const used = nodesWhere(file, (node) => memberName(node) === 'process.env');
    return [
      ...imported.map(({ at }) => ({ at, message })),
      ...used.map(({ start }) => ({ at: start, message })),
    ];
  },
};

const clocks = new Set(['Date.now', 'performance.now', 'process.hrtime', 'process.uptime']);
const timers = new Set(['setTimeout', 'setInterval']);
const randomness =
  /^(randomUUID|randomUUIDv7|randomBytes|randomInt|randomFill|randomFillSync|getRandomValues)$/;

/** Time, ids and randomness are passed in, so that a test can hold them still. */
export const clockRule: Rule = {
  name: 'clock',
  check(file) {
    if (!serverCode.test(file.path)) return [];
    const inTree = nodesWhere(file, isClockOrChance).map(({ start }) => start);
    const imported = importsOf(file)
      .filter(
        ({ names, specifier }) =>
          specifier.startsWith('node:timers') || names.some((name) => randomness.test(name)),
      )
      .map(({ at }) => at);
    const message =
      'Time and randomness come through the ports (app/ports.ts): take `now` or an id as an argument.';
    return [...new Set([...inTree, ...imported])].map((at) => ({ at, message }));
  },
};

function isClockOrChance(node: SyntaxNode): boolean {
  const callee = (node.callee ?? {}) as SyntaxNode;
  if (node.type === 'NewExpression')
    return callee.name === 'Date' && (node.arguments as unknown[]).length === 0;
  if (node.type === 'CallExpression') return callee.name === 'Date' || timers.has(String(callee.name));
  const member = memberName(node);
  if (member === undefined) return false;
  return clocks.has(member) || member === 'Math.random' || randomness.test(member.split('.')[1]!);
}

const dialectText =
  /\b(sqlite|postgres(ql)?|pragma|for (no key )?update|for share|skip locked|begin immediate|autoincrement|pg_[a-z]+)\b/i;
const dialectName = /sqlite|postgres|pragma/i;

/** One query code over two databases: what differs is asked of the dialect. Kysely's `forUpdate()` is one word for both. */
export const dialectRule: Rule = {
  name: 'dialect',
  check(file) {
    const knows = /^server\/src\/(db\/dialect|db\/migrations\/|main\.ts|env\.ts)/;
    if (!file.path.startsWith('server/src/') || knows.test(file.path)) return [];
    const message = 'Only server/src/db/dialect* knows one database from the other. Ask the dialect.';
    return nodesWhere(file, namesDialect).map(({ start }) => ({ at: start, message }));
  },
};

function namesDialect(node: SyntaxNode): boolean {
  if (node.type === 'Identifier') return dialectName.test(String(node.name));
  if (node.type === 'Literal') return typeof node.value === 'string' && dialectText.test(node.value);
  return node.type === 'TemplateElement' && dialectText.test((node.value as { raw: string }).raw);
}

/** A call that may wait for ever holds a customer for ever. */
export const timeLimitRule: Rule = {
  name: 'time-limit',
  check(file) {
    // A test has a limit of its own.
    if (isTestFile(file.path)) return [];
    const calls = nodesWhere(
      file,
      (node) => node.type === 'CallExpression' && (node.callee as SyntaxNode).name === 'fetch',
    );
    return calls
      .filter((call) => !hasSignal(call))
      .map(
        ({ start }): Finding => ({
          at: start,
          message: 'Every network call has a time-out: pass `signal: AbortSignal.timeout(…)`.',
        }),
      );
  },
};

function hasSignal(call: SyntaxNode): boolean {
  const options = (call.arguments as SyntaxNode[])[1];
  if (options?.type !== 'ObjectExpression') return options !== undefined;
  return (options.properties as SyntaxNode[]).some(
    (property) => property.type === 'SpreadElement' || (property.key as SyntaxNode).name === 'signal',
  );
}

function nodesWhere(file: SourceFile, matches: (node: SyntaxNode) => boolean): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  walk(file.program, (node) => {
    if (matches(node)) found.push(node);
  });
  return found;
}
