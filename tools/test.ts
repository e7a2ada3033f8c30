/** The one test command: every check and every test, on both databases and in a real browser, with nothing to install. */
import { readCommandLine, runCommand, UsageError } from './command-line.ts';
import { type RunningPostgres, startPostgres } from './postgres.ts';
import { type Counts, type Phase, type PhaseContext, phases } from './testing/phases.ts';

const usage = `Usage: npm test [-- --only=PHASE[,PHASE]] [-- --list]

Runs all checks and tests, one phase after another, and ends with the line "N passed, N failed".

  --only=…   run only these phases, or the group "check"
  --list     print the phases

Phases: ${phases.map((phase) => phase.name).join(', ')}`;

async function main(): Promise<void> {
  const { values } = readCommandLine(usage, {
    only: { type: 'string' },
    list: { type: 'boolean', default: false },
  });
  if (values.list) {
    for (const phase of phases) process.stdout.write(`${phase.name.padEnd(12)} ${phase.about}\n`);
    return;
  }
  // Ctrl-C reaches the tests as well; leaving by the door lets everything of ours be cleaned up on the way out.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const chosen = choose(values.only);
  const total = await runAll(chosen);
  process.stdout.write(`${summary(total)}\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

function choose(only: string | undefined): Phase[] {
  if (only === undefined) return phases;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !phases.some((phase) => phase.name === name || phase.group === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `There is no phase "${unknown}". Choose from: check, ${phases.map(({ name }) => name).join(', ')}.`,
    );
  }
  return phases.filter((phase) => names.includes(phase.name) || names.includes(phase.group));
}

async function runAll(chosen: Phase[]): Promise<Counts> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const database = sharedPostgres();
  try {
    for (const [index, phase] of chosen.entries()) {
      process.stdout.write(`[${index + 1}/${chosen.length}] ${phase.name}: ${phase.about}\n`);
      const started = performance.now();
      const counts = await runPhase(phase, database.context);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(
        `    ${counts.failed > 0 ? '✗' : '✓'} ${phase.name}: ${summary(counts)} (${seconds} s)\n\n`,
      );
      for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key];
    }
  } finally {
    await database.stop();
  }
  return total;
}

/** A phase that throws, or in which nothing at all was tested, has failed. */
async function runPhase(phase: Phase, context: PhaseContext): Promise<Counts> {
  try {
    const counts = await phase.run(context);
    return counts.passed + counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch (error) {
    process.stdout.write(`    ${phase.name} could not run: ${(error as Error).message}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function sharedPostgres(): { context: PhaseContext; stop(): Promise<void> } {
  let starting: Promise<RunningPostgres> | undefined;
  const start = (): Promise<RunningPostgres> => {
    starting ??= startPostgres();
    return starting;
  };
  return {
    context: { postgresUrl: async () => (await start()).url },
    stop: async () => {
      const running = await starting?.catch(() => undefined);
      await running?.stop();
    },
  };
}

function summary({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

await runCommand(main);
