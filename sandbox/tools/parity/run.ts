/** One scenario on both sides, and the rows in which they are compared. */
import { startSandbox } from '../../src/server.ts';
import type { Scenario } from './scenarios.ts';
import { shapeDifferences } from './shape.ts';
import { type Address, Side, type Step } from './side.ts';

export interface Row {
  call: string;
  sandbox: string;
  /** Null when Stripe was not asked. */
  stripe: string | null;
  differences: string[];
}

export interface Result {
  name: string;
  rows: Row[];
}

interface Life {
  steps: Step[];
  events: string[];
}

const SANDBOX_PATIENCE_MS = 150;

/** @param stripe where Stripe is; with null the sandbox is compared with what the scenario expects */
export async function compare(scenario: Scenario, stripe: Address | null): Promise<Result> {
  const ours = await inSandbox(scenario);
  const theirs = stripe === null ? null : await live(scenario, stripe);
  const rows = ours.steps.map((step, index) => rowOf(step, theirs?.steps[index] ?? null));
  return { name: scenario.name, rows: [...rows, eventRow(ours, theirs, scenario.events)] };
}

async function inSandbox(scenario: Scenario): Promise<Life> {
  const settings = { charge_updated_delay_ms: 0, dispute_delay_ms: 0, refund_delay_ms: 0 };
  const sandbox = await startSandbox({ port: 0, settings });
  try {
    const { url } = sandbox;
    return await live(scenario, {
      url,
      key: 'sk_test_parity',
      patience: SANDBOX_PATIENCE_MS,
    });
  } finally {
    await sandbox.close();
  }
}

async function live(scenario: Scenario, address: Address): Promise<Life> {
  const side = new Side(address);
  await scenario.run(side);
  return { steps: side.steps, events: await side.events() };
}

function rowOf(ours: Step, theirs: Step | null): Row {
  const differences: string[] = [];
  if (theirs === null && !ours.outcome.startsWith(ours.expected)) {
    differences.push(`${ours.outcome} instead of ${ours.expected}`);
  }
  if (theirs !== null) {
    if (ours.outcome !== theirs.outcome) differences.push(`${ours.outcome} instead of ${theirs.outcome}`);
    if (!theirs.outcome.startsWith(ours.expected)) differences.push(`the scenario expects ${ours.expected}`);
    differences.push(...shapeDifferences(ours.shape, theirs.shape));
  }
  return { call: ours.call, sandbox: ours.outcome, stripe: theirs?.outcome ?? null, differences };
}

function eventRow(ours: Life, theirs: Life | null, expected: readonly string[]): Row {
  const wanted = theirs?.events ?? expected;
  const isSame = ours.events.join() === wanted.join();
  return {
    call: 'events',
    sandbox: String(ours.events.length),
    stripe: theirs === null ? null : String(theirs.events.length),
    differences: isSame ? [] : [`${ours.events.join(', ')} instead of ${wanted.join(', ')}`],
  };
}
