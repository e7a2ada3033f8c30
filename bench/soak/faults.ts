import type { World } from './world.ts';

type Rule = Record<string, unknown>;

/** What goes wrong while the customers buy. Each is a share of the calls or deliveries that it names. */
const rules: readonly Rule[] = [
  ...calls('refuse', 0.01),
  ...calls('reset_after', 0.01),
  ...calls('truncate', 0.003),
  ...calls('error_500_after', 0.002),
  ...calls('error_500', 0.002),
  ...calls('rate_limit', 0.01),
  ...calls('conflict', 0.005),
  // Each costs the shop its whole time-out, so they are rare.
  ...calls('timeout_before', 0.0005),
  ...calls('timeout_after', 0.0005),
  { match: { path: '/v1/*', probability: 0.01 }, fault: 'slow', ms: 300 },
  { webhook: { probability: 0.1 }, fault: 'drop' },
  { webhook: { probability: 0.05 }, fault: 'duplicate' },
  { webhook: { probability: 0.03 }, fault: 'twin' },
  { webhook: { probability: 0.05 }, fault: 'delay', ms: 1_500 },
  { webhook: { probability: 0.02 }, fault: 'reorder' },
  { webhook: { probability: 0.005 }, fault: 'corrupt' },
  { webhook: { probability: 0.005 }, fault: 'old_timestamp' },
];

function calls(fault: string, probability: number): Rule[] {
  return [{ match: { path: '/v1/*', probability }, fault }];
}

export async function switchOn(world: World, seed: number): Promise<void> {
  for (const [index, rule] of rules.entries()) {
    const name = 'match' in rule ? 'match' : 'webhook';
    await control(world, 'POST', { ...rule, [name]: { ...(rule[name] as Rule), seed: `${seed}-${index}` } });
  }
}

/** Switches everything off, and answers how often each fault happened. */
export async function switchOff(world: World): Promise<Record<string, number>> {
  const list = (await control(world, 'GET')) as { data: { fault: string; hits: number }[] };
  const hits: Record<string, number> = {};
  for (const { fault, hits: count } of list.data) hits[fault] = (hits[fault] ?? 0) + count;
  await control(world, 'DELETE');
  return hits;
}

async function control(world: World, method: string, rule?: Rule): Promise<unknown> {
  const reply = await fetch(`${world.sandboxUrl}/_sandbox/faults`, {
    method,
    signal: AbortSignal.timeout(60_000),
    ...(rule && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(rule) }),
  });
  if (!reply.ok) throw new Error(`a fault could not be switched: ${await reply.text()}`);
  return await reply.json();
}
