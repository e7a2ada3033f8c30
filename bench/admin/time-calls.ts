import { type Agent, request } from 'node:http';
import { cpuTime } from '../purchase/bench.ts';

export type Timed = {
  name: string;
  p50: number;
  p99: number;
  /** Of the shop's process, for one call. */
  cpu: number;
  isFast: boolean;
};

/** What an operator takes for at once, in milliseconds. */
const limit = 50;
/** Calls that are timed for each case, after some that are not: each of the database's connections plans a statement when it first has it. */
const calls = 100;
const warmUp = 20;

type Target = { url: string; token: string; agent: Agent; pid: number };

/** Calls these addresses in turn, one after the other; times are from sending to the last byte, or with `first` to the first. */
export async function timeCalls(
  target: Target,
  name: string,
  paths: readonly string[],
  { first = false } = {},
): Promise<Timed> {
  const times: number[] = [];
  let cpuBefore = 0;
  for (let index = 0; index < warmUp + calls; index += 1) {
    if (index === warmUp) cpuBefore = cpuTime(target.pid);
    const started = performance.now();
    await call(target, paths[index % paths.length]!, first);
    if (index >= warmUp) times.push(performance.now() - started);
  }
  const cpu = (cpuTime(target.pid) - cpuBefore) / calls;
  times.sort((one, other) => one - other);
  const p50 = times[Math.floor(times.length / 2)]!;
  const p99 = times[Math.ceil(times.length * 0.99) - 1]!;
  return { name, p50, p99, cpu, isFast: p99 <= limit };
}

function call({ url, token, agent }: Target, path: string, first: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const outgoing = request(`${url}/api/admin${path}`, { agent, headers, timeout: 60_000 }, (incoming) => {
      if (incoming.statusCode !== 200) reject(new Error(`${path} was answered ${incoming.statusCode}`));
      if (first)
        return incoming.once('data', () => {
          incoming.destroy();
          resolve();
        });
      incoming.on('end', resolve).on('error', reject).resume();
    });
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer to ${path} within a minute`)));
    outgoing.end();
  });
}

export function timeTable(rows: readonly Timed[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(
    ({ name, p50, p99, cpu, isFast }) =>
      `${name.padEnd(width)}  ${p50.toFixed(1).padStart(8)}  ${p99.toFixed(1).padStart(8)}  ${cpu.toFixed(1).padStart(8)}  ${isFast ? 'yes' : 'NO'}`,
  );
  return [`${''.padEnd(width)}    p50 ms    p99 ms    CPU ms  under ${limit} ms`, ...lines].join('\n');
}
