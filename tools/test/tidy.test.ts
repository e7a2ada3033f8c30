import { describe, expect, it } from 'vitest';
import type { Exception } from '../tidy/exceptions.ts';
import { findViolations } from '../tidy/rules.ts';

const long = (lines: number): string => `${'export {};\n'.repeat(lines)}`;
const longFunction = (lines: number): string => `export function f() {\n${'  g();\n'.repeat(lines - 2)}}`;

/** Every row: the rule that must speak, where the violation is planted, what is planted. */
const planted: [rule: string, path: string, text: string][] = [
  ['arrows', 'server/src/domain/a.ts', "import { b } from '../db/b.ts';"],
  ['arrows', 'server/src/domain/a.ts', "import type { B } from '../db/b.ts';"],
  ['arrows', 'server/src/db/a.ts', "export { b } from '../app/b.ts'; export const c = 1;"],
  ['arrows', 'server/src/app/a.ts', "import { b } from '../http/b.ts';"],
  ['arrows', 'server/src/app/a.ts', "const b = await import('../jobs/b.ts');"],
  ['arrows', 'server/src/app/a.ts', "let b: import('../http/b.ts').B;"],
  ['arrows', 'server/src/app/a.ts', 'const b = await import(name);'],
  ['arrows', 'server/src/providers/stripe/a.ts', "import { placeOrder } from '../../app/place-order.ts';"],
  ['arrows', 'server/src/providers/stripe/a.ts', "import { b } from '../bank-transfer/b.ts';"],
  ['arrows', 'server/src/providers/stripe/a.ts', "import { b } from '../../db/b.ts';"],
  ['arrows', 'server/src/http/a.ts', "import { run } from '../jobs/inbox.ts';"],
  ['arrows', 'server/src/http/a.ts', "import { env } from '../env.ts';"],
  ['arrows', 'server/src/http/a.ts', "import { startSandbox } from '../../../sandbox/src/server.ts';"],
  ['arrows', 'server/src/http/a.ts', "import { page } from '../../../web/src/page.ts';"],
  ['arrows', 'server/src/stuff/a.ts', 'export const a = 1;'],
  ['arrows', 'server/src/http/a.ts', "import { systemClock } from '../identity.ts';"],
  ['arrows', 'server/src/identity.ts', "import { page } from './http/page.ts';"],
  ['arrows', 'contract/src/a.ts', "import { b } from '../../server/src/domain/b.ts';"],
  ['arrows', 'web/src/a.ts', "import { b } from '../../server/src/domain/b.ts';"],
  ['arrows', 'web/src/a.ts', "import { b } from '@paydesk/server/domain/b';"],
  ['arrows', 'sandbox/src/a.ts', "import { b } from '@paydesk/contract/money';"],
  ['packages', 'server/src/app/a.ts', "import Stripe from 'stripe';"],
  ['packages', 'server/src/app/a.ts', "import type { Stripe } from 'stripe';"],
  ['packages', 'tools/a.ts', "import Stripe from 'stripe';"],
  ['packages', 'sandbox/src/a.ts', "import Stripe from 'stripe';"],
  ['packages', 'server/src/app/a.ts', "import pg from 'pg';"],
  ['packages', 'server/src/db/a.ts', "import { DatabaseSync } from 'node:sqlite';"],
  ['packages', 'server/src/app/a.ts', "import Fastify from 'fastify';"],
  ['packages', 'server/src/http/a.ts', "import { createElement } from 'react';"],
  ['pure-domain', 'server/src/domain/a.ts', "import { readFileSync } from 'node:fs';"],
  ['environment', 'server/src/app/a.ts', 'const port = process.env.PORT;'],
  ['environment', 'server/src/app/a.ts', "const port = process['env'].PORT;"],
  ['environment', 'web/src/a.ts', "import { env } from 'node:process';"],
  ['clock', 'server/src/app/a.ts', 'const now = Date.now();'],
  ['clock', 'server/src/app/a.ts', 'const clock = Date.now;'],
  ['clock', 'server/src/http/a.ts', 'const now = new Date();'],
  ['clock', 'server/src/http/a.ts', 'const now = Date();'],
  ['clock', 'server/src/db/a.ts', 'const chance = Math.random();'],
  ['clock', 'server/src/domain/a.ts', 'const id = crypto.randomUUID();'],
  ['clock', 'server/src/domain/a.ts', 'const id = globalThis.crypto.randomUUID();'],
  ['clock', 'server/src/app/a.ts', "import { randomBytes } from 'node:crypto';"],
  ['clock', 'server/src/app/a.ts', "import { setTimeout as wait } from 'node:timers/promises';"],
  ['clock', 'server/src/jobs/a.ts', 'setTimeout(run, 1000);'],
  ['clock', 'contract/src/a.ts', 'const started = performance.now();'],
  ['dialect', 'server/src/app/a.ts', "if (kind === 'sqlite') run();"],
  ['dialect', 'server/src/db/a.ts', 'const q = `SELECT 1 FROM orders $' + '{where} FOR UPDATE`;'],
  ['dialect', 'server/src/db/a.ts', "run('PRAGMA foreign_keys = ON');"],
  ['time-limit', 'server/src/app/a.ts', "await fetch('http://127.0.0.1/');"],
  ['time-limit', 'web/src/a.ts', "await fetch('/api', { method: 'POST' });"],
  ['size', 'server/src/app/a.ts', long(301)],
  ['size', 'server/src/app/a.ts', longFunction(61)],
  ['size', 'server/test/unit/a.test.ts', `it('pays', () => {\n${'  g();\n'.repeat(60)}});`],
  ['default-export', 'server/src/app/a.ts', 'export default function a() {}'],
  ['default-export', 'server/src/app/a.ts', 'const a = 1; export { a as default };'],
  ['names', 'server/src/app/utils.ts', 'export const a = 1;'],
  ['names', 'web/src/helpers/money.ts', 'export const a = 1;'],
  ['names', 'contract/src/index.ts', 'export const a = 1;'],
  ['barrels', 'contract/src/all.ts', "export * from './money.ts'; export { b } from './orders.ts';"],
  ['unfinished', 'server/src/app/a.ts', '// TODO the other half'],
  ['unfinished', 'web/src/a.tsx', 'export const A = () => <p>{/* FIXME */}</p>;'],
  ['console', 'server/src/app/a.ts', "console.log('here');"],
  ['every-test-runs', 'server/test/unit/a.test.ts', "it.only('pays', () => {});"],
  ['every-test-runs', 'e2e/a.test.ts', "describe.skip('paying', () => {});"],
  ['every-test-runs', 'e2e/a.test.ts', "it.skip.each([1])('pays %i', () => {});"],
  ['no-sleep', 'e2e/a.test.ts', 'await new Promise((resolve) => setTimeout(resolve, 500));'],
  ['no-sleep', 'e2e/a.test.ts', "import { setTimeout } from 'node:timers/promises';"],
  ['syntax', 'server/src/app/a.ts', 'export const = 1;'],
];

const allowed: [what: string, path: string, text: string][] = [
  ['an arrow that points down', 'server/src/app/a.ts', "import { b } from '../db/b.ts';"],
  ['an arrow that skips a level', 'server/src/http/a.ts', "import { b } from '../domain/b.ts';"],
  [
    'the contract, from anywhere but the sandbox',
    'web/src/a.ts',
    "import { formatMoney } from '@paydesk/contract/money';",
  ],
  [
    'the ports, from a provider',
    'server/src/providers/stripe/a.ts',
    "import type { P } from '../../app/ports.ts';",
  ],
  [
    'everything, in the composition root',
    'server/src/main.ts',
    "import { b } from './http/b.ts'; await import(path);",
  ],
  ['stripe, where it lives', 'server/src/providers/stripe/a.ts', "import Stripe from 'stripe';"],
  [
    'the sandbox, from a test',
    'server/test/integration/a.test.ts',
    "import { s } from '../../../sandbox/src/server.ts';",
  ],
  ['a time that was passed in', 'server/src/app/a.ts', 'export const at = (now: number) => new Date(now);'],
  ['a dialect that knows itself', 'server/src/db/dialect-sqlite.ts', "export const kind = 'sqlite';"],
  ['a word that only contains a dialect', 'server/src/app/a.ts', "export const note = 'held for updates';"],
  ['a call with a limit', 'web/src/a.ts', "await fetch('/api', { signal: AbortSignal.timeout(1000) });"],
  ['a file of exactly the longest length', 'server/src/app/a.ts', long(300)],
  ['a function of exactly the longest length', 'server/src/app/a.ts', longFunction(60)],
  [
    'a long group of tests',
    'server/test/unit/a.test.ts',
    `describe.each([1])('x', () => {\n${'  g();\n'.repeat(90)}});`,
  ],
  [
    'a default export that a framework asks for',
    'web/src/routes/home.tsx',
    'export default function Home() {}',
  ],
  ['a limit on waiting in a test', 'e2e/a.test.ts', 'const timer = setTimeout(() => child.kill(), 1000);'],
];

describe('tidy', () => {
  it.each(planted)('finds %s in %s: %s', (rule, path, text) => {
    expect(findViolations([{ path, text }], []).map((violation) => violation.rule)).toContain(rule);
  });

  it.each(allowed)('lets pass %s', (_what, path, text) => {
    expect(findViolations([{ path, text }], [])).toEqual([]);
  });

  it('names the file and the line', () => {
    const text = 'export const a = 1;\n\nconst now = Date.now();\n';
    const [violation] = findViolations([{ path: 'server/src/app/a.ts', text }], []);
    expect(violation).toMatchObject({ file: 'server/src/app/a.ts', line: 3 });
  });

  it('excuses what has an exception, in that file or folder and for that rule only', () => {
    const text = 'const now = Date.now(); console.log(now);';
    const excuse = (file: string): Exception[] => [{ rule: 'clock', file, reason: 'planted' }];
    const rulesOf = (exceptions: Exception[]): string[] =>
      findViolations([{ path: 'server/src/app/a.ts', text }], exceptions).map(({ rule }) => rule);
    expect(rulesOf(excuse('server/src/app/a.ts'))).toEqual(['console']);
    expect(rulesOf(excuse('server/src/app/'))).toEqual(['console']);
    expect(rulesOf(excuse('server/src/app/b.ts'))).toContain('clock');
  });

  it('reports an exception that excuses nothing', () => {
    const exceptions: Exception[] = [{ rule: 'size', file: 'server/src/app/a.ts', reason: 'was long once' }];
    const violations = findViolations(
      [{ path: 'server/src/app/a.ts', text: 'export const a = 1;' }],
      exceptions,
    );
    expect(violations).toMatchObject([{ rule: 'size', file: 'server/src/app/a.ts' }]);
  });
});
