import { ensureWebBuild } from '../web-build.ts';
import { type CommandOutcome, packageProgram, runProgram } from './command.ts';
import { runVitest } from './vitest.ts';

export type Counts = { passed: number; failed: number; skipped: number };

export type PhaseContext = {
  /** Starts PostgreSQL when the first phase asks for it and answers the same URL to all. */
  postgresUrl(): Promise<string>;
};

export type Phase = {
  name: string;
  /** `--only=check` runs every phase of this group. */
  group: 'check' | 'test';
  about: string;
  run(context: PhaseContext): Promise<Counts>;
};

/** A check that hangs is broken: the slowest of them needs a quarter of this on two cores. */
const checkLimit = 4 * 60_000;

/** Cheapest first, so that a typing mistake is told within seconds. */
export const phases: Phase[] = [
  check('tidy', 'the arrows between folders and the rules of style', [[process.execPath, 'tools/tidy.ts']]),
  check('lint', 'format and lint', [[...packageProgram('@biomejs/biome/bin/biome'), 'check', '.']]),
  check('types', 'types of the server, the sandbox and the web app', [
    [...packageProgram('typescript/bin/tsc'), '--noEmit', '-p', '.'],
    [...packageProgram('typescript/bin/tsc'), '--noEmit', '-p', 'sandbox'],
    ['npm', 'run', '--silent', 'types', '-w', 'web'],
  ]),
  check('unused', 'code, files and dependencies that nothing uses', [packageProgram('knip/bin/knip.js')]),
  {
    name: 'unit',
    group: 'test',
    about: 'contract, domain, pages, sandbox and tools, without a database server or a browser',
    run: () => runVitest(['contract', 'server-unit', 'web', 'sandbox', 'tools'], {}),
  },
  { ...check('build', 'the web app builds', [['npm', 'run', 'build', '-w', 'web']]), group: 'test' },
  {
    name: 'integration',
    group: 'test',
    about: 'the server on SQLite and on a real PostgreSQL',
    run: (context) => runWholeShop(['server-integration'], context),
  },
  {
    name: 'browser',
    group: 'test',
    about: 'purchases in a real browser',
    run: (context) => runWholeShop(['sandbox-browser', 'e2e'], context),
  },
];

/** Tests that start the real server need the pages it serves, and one PostgreSQL for all of them. */
async function runWholeShop(projects: string[], context: PhaseContext): Promise<Counts> {
  await ensureWebBuild((line) => process.stdout.write(`    ${line}\n`));
  return runVitest(projects, { TEST_POSTGRES_URL: await context.postgresUrl() });
}

/** A phase of programs that each pass or fail as a whole. Their output is shown only when they fail. */
function check(name: string, about: string, programs: string[][]): Phase {
  const run = async (): Promise<Counts> => {
    const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
    for (const program of programs) {
      const outcome = await runProgram(program, { output: 'keep', timeLimit: checkLimit });
      if (!outcome.ok) showFailure(program, outcome);
      counts[outcome.ok ? 'passed' : 'failed'] += 1;
    }
    return counts;
  };
  return { name, group: 'check', about, run };
}

function showFailure(program: string[], { output, reason }: CommandOutcome): void {
  const command = program.map((part) => part.replace(/^.*\/node_modules\//, '')).join(' ');
  process.stdout.write(`${output.trimEnd()}\n  ${command} ${reason}\n`);
}
