import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, matchesGlob, relative } from 'node:path';
import { packageProgram, repository, runProgram } from './command.ts';
import type { Counts } from './phases.ts';
import { testProjects } from './projects.ts';

/** The part of vitest's JSON report that is read here. */
export type TestReport = {
  testResults: { name: string; status: string; message?: string; assertionResults: { status: string }[] }[];
};

/** A whole group of tests that takes this long hangs. In milliseconds. */
const timeLimit = 15 * 60_000;

/** Runs the named test projects and counts their tests. Projects without any test, crashes and files that cannot be loaded count as failures. */
export async function runVitest(projects: string[], env: Record<string, string>): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'paydesk-test-report-'));
  const reportFile = join(folder, 'report.json');
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const outcome = await runProgram(
      [
        ...packageProgram('vitest/vitest.mjs'),
        'run',
        ...projects.flatMap((project) => ['--project', project]),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${reportFile}`,
      ],
      { env, output: 'show', timeLimit },
    );
    const report = await readReport(reportFile);
    const counts = countTests(report);
    const problems = [...emptyProjects(projects, report), ...crashes(outcome, counts)];
    for (const problem of problems) process.stdout.write(`  ${problem}\n`);
    return { ...counts, failed: counts.failed + problems.length };
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** A test file that failed without a failed test could not be loaded, or failed in a hook: that is one failure. */
export function countTests(report: TestReport): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report.testResults) {
    const statuses = file.assertionResults.map((test) => test.status);
    const failed = statuses.filter((status) => status === 'failed').length;
    counts.passed += statuses.filter((status) => status === 'passed').length;
    counts.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
    counts.skipped += statuses.filter((status) => status !== 'passed' && status !== 'failed').length;
  }
  return counts;
}

function emptyProjects(projects: string[], report: TestReport): string[] {
  const files = report.testResults.map((file) => relative(repository, file.name));
  const wanted = testProjects.filter((project) => projects.includes(project.name));
  return wanted
    .filter(
      ({ include, exclude }) => !files.some((file) => matches(file, include) && !matches(file, exclude)),
    )
    .map((project) => `No test of "${project.name}" (${project.include.join(', ')}) ran.`);
}

function crashes({ ok, reason }: { ok: boolean; reason: string }, { failed }: Counts): string[] {
  return ok || failed > 0 ? [] : [`vitest ${reason} although no test failed.`];
}

function matches(file: string, patterns: string[]): boolean {
  return patterns.some((pattern) => matchesGlob(file, pattern));
}

async function readReport(file: string): Promise<TestReport> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as TestReport;
  } catch {
    return { testResults: [] };
  }
}
