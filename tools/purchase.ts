/** `npm run purchase`: buys something from the running shop, as a customer's browser would, and says how it went. */
import { runCommand } from './command-line.ts';
import { type PurchaseOptions, readOptions } from './purchase/options.ts';
import { purchase, type Visit, visitShop } from './purchase/purchase.ts';

/** Milliseconds between two lines of progress. */
const progressInterval = 2_000;
/** Reasons printed in full; after these the count says enough. */
const shownFailures = 5;

async function main(): Promise<void> {
  const options = readOptions();
  const visit = await visitShop(options);
  if (options.count === 1) await buyOnce(visit, options);
  else await buyMany(visit, options);
}

async function buyOnce(visit: Visit, options: PurchaseOptions): Promise<void> {
  const started = performance.now();
  await purchase(visit, options, (step, milliseconds) =>
    say(`${milliseconds.toFixed(0).padStart(6)} ms  ${step}`),
  );
  say(`${(performance.now() - started).toFixed(0).padStart(6)} ms  paid`);
}

async function buyMany(visit: Visit, options: PurchaseOptions): Promise<void> {
  const durations: number[] = [];
  const failures: string[] = [];
  let next = 0;
  const buyer = async (): Promise<void> => {
    while (next++ < options.count) {
      const started = performance.now();
      try {
        await purchase(visit, options, () => {});
        durations.push(performance.now() - started);
      } catch (error) {
        failures.push((error as Error).message);
        if (failures.length <= shownFailures) say(`failed: ${(error as Error).message}`);
      }
    }
  };
  const progress = setInterval(
    () => say(`${durations.length + failures.length} of ${options.count}`),
    progressInterval,
  );
  const started = performance.now();
  await Promise.all(Array.from({ length: Math.min(options.concurrency, options.count) }, buyer));
  clearInterval(progress);
  summarise(durations, failures.length, performance.now() - started);
  if (failures.length > 0) process.exitCode = 1;
}

function summarise(durations: number[], failed: number, elapsed: number): void {
  const sorted = durations.toSorted((a, b) => a - b);
  const percentile = (share: number): string =>
    (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0).toFixed(0);
  const perSecond = (sorted.length / (elapsed / 1000)).toFixed(1);
  say(`${sorted.length} paid, ${failed} failed in ${(elapsed / 1000).toFixed(1)} s: ${perSecond} per second`);
  if (sorted.length > 0) say(`one purchase took p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommand(main);
