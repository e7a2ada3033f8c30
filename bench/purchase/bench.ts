import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import type { ProductList } from '@paydesk/contract/catalogue';
import type { Shop } from '../../e2e/support/shop.ts';
import { openDatabase } from '../../server/src/db/dialect.ts';
import { PaidOrders } from './paid-orders.ts';

export type Bench = {
  shop: Shop;
  /** Buyable product ids; their stock was raised, so that none runs out. */
  products: string[];
  paid: PaidOrders;
  agent: Agent;
  close(): Promise<void>;
};

/** Prepares a running shop for being measured: plenty of stock, and eyes on its database from outside its process. */
export async function openBench(shop: Shop): Promise<Bench> {
  const database = openDatabase(shop.databaseUrl);
  await database.transaction(async (tx) => {
    await tx.updateTable('products').set({ on_hand: 1_000_000_000 }).execute();
  });
  const reply = await fetch(`${shop.url}/api/products?limit=100`, { signal: AbortSignal.timeout(10_000) });
  const { products } = (await reply.json()) as ProductList;
  const paid = new PaidOrders(database);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  return {
    shop,
    products: products.map((product) => product.id),
    paid,
    agent,
    close: async () => {
      agent.destroy();
      await paid.stop();
      await database.close();
    },
  };
}

/** User and system time of a process and all its threads so far, in milliseconds. Linux only. */
export function cpuTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticksPerSecond = 100;
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}

/** Memory of a process that is really in use, in bytes. */
export function residentMemory(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1_024;
}
