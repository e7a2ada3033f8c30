import { type Bench, residentMemory } from './bench.ts';
import { run, settle } from './measure.ts';

const steps = 10;

/** Buys `count` times in ten parts and says after each how much memory the shop's process uses. */
export async function measureMemory(bench: Bench, count: number, say: (text: string) => void): Promise<void> {
  const part = Math.ceil(count / steps);
  for (let step = 1; step <= steps; step += 1) {
    await run(bench, { buyers: 16, count: part, flow: 'elements' }, () => {});
    await settle(bench);
    const megabytes = residentMemory(bench.shop.pid()) / 1_048_576;
    say(`${String(step * part).padStart(7)} purchases  ${megabytes.toFixed(1)} MB resident`);
  }
}
