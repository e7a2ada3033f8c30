import { execFile } from 'node:child_process';
import type { Finding } from '../../src/domain/health.ts';

type Ran = { code: number; out: string; error: string };
type Report = { verdict: string; seconds: number; checks: Finding[] };

/** The command, as an operator calls it. */
export async function run(env: Record<string, string>, args: string[] = []): Promise<Ran> {
  return await new Promise((resolve) => {
    execFile(
      process.execPath,
      ['server/src/doctor.ts', ...args],
      { env: { PATH: process.env.PATH, ...env }, timeout: 30_000 },
      (failure, out, error) => resolve({ code: failure ? Number(failure.code) : 0, out, error }),
    );
  });
}

/** What it found, by name. */
export async function report(env: Record<string, string>): Promise<Report & { code: number }> {
  const { code, out } = await run(env, ['--json']);
  return { code, ...(JSON.parse(out) as Report) };
}

export function named(checks: readonly Finding[], name: string): Finding | undefined {
  return checks.find((one) => one.name === name);
}
