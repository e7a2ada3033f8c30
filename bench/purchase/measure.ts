import { type Bench, cpuTime } from './bench.ts';
import { buy, type Flow } from './buyer.ts';

export type Result = {
  buyers: number;
  count: number;
  perSecond: number;
  /** Milliseconds from the first request to paid. */
  p50: number;
  p99: number;
  /** Milliseconds of the shop's CPU for one purchase and its mails. */
  cpu: number;
};

type Plan = { buyers: number; count: number; flow: Flow };

/** The last webhook of a purchase, charge.updated, comes about this long after it, in milliseconds. */
const settlingTime = 3_000;

let sequence = 0;

/** Purchases until the runtime's compiler has done its work: the first thousand cost half as much again as the third. */
const warmUpCount = 3_000;

export async function warmUp(bench: Bench, flow: Flow): Promise<void> {
  await run(bench, { buyers: 16, count: warmUpCount, flow }, () => {});
  await settle(bench);
}

/** Buys `count` times with so many buyers at once, and waits for the last mails and webhooks before it reads the CPU's clock. */
export async function measure(bench: Bench, plan: Plan, say: (text: string) => void): Promise<Result> {
  const cpuBefore = cpuTime(bench.shop.pid());
  const started = performance.now();
  const latencies = await run(bench, plan, say);
  const seconds = (performance.now() - started) / 1_000;
  await settle(bench);
  const cpu = cpuTime(bench.shop.pid()) - cpuBefore;
  latencies.sort((one, other) => one - other);
  return {
    buyers: plan.buyers,
    count: plan.count,
    perSecond: plan.count / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpu: cpu / plan.count,
  };
}

export async function run(bench: Bench, plan: Plan, say: (text: string) => void): Promise<number[]> {
  const latencies: number[] = [];
  let begun = 0;
  const progress = setInterval(
    () => say(`${plan.buyers} buyers, ${latencies.length} of ${plan.count}`),
    2_000,
  );
  const buyer = async (): Promise<void> => {
    while (begun < plan.count) {
      begun += 1;
      sequence += 1;
      const at = performance.now();
      await buy(bench, plan.flow, sequence);
      latencies.push(performance.now() - at);
    }
  };
  try {
    await Promise.all(Array.from({ length: plan.buyers }, buyer));
  } finally {
    clearInterval(progress);
  }
  return latencies;
}

/** What a purchase leaves to be done afterwards is part of what it costs. */
export async function settle(bench: Bench): Promise<void> {
  await bench.paid.mailsSent();
  await new Promise((resolve) => setTimeout(resolve, settlingTime));
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
