import type { App } from '../../src/app/ports.ts';

/** What lies on each account of the ledger: `fees usd` → 512. */
export async function sumsOf(app: Pick<App, 'database'>): Promise<Map<string, number>> {
  const rows = await app.database.read
    .selectFrom('ledger_entries')
    .select((e) => ['account', 'currency', e.fn.sum<number>('amount').as('sum')] as const)
    .groupBy(['account', 'currency'])
    .orderBy('account')
    .execute();
  return new Map(rows.map(({ account, currency, sum }) => [`${account} ${currency}`, Number(sum)]));
}
