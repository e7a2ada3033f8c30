import type { Database } from '../../../server/src/db/database.ts';
import { findStocked } from '../../../server/src/db/products.ts';
import { readSetting, settingOrElse, writeSetting } from '../../../server/src/db/settings.ts';
import type { Env } from '../../../server/src/env.ts';
import { randomIds } from '../../../server/src/identity.ts';
import { openShop } from '../../../server/src/shop.ts';
import { Random } from '../../random.ts';
import { play } from './plots.ts';
import { type BulkWriter, Rows } from './rows.ts';
import { Stage } from './stage.ts';
import { endStory, hour, placeOrder } from './story.ts';
import { placedAt, recentOf } from './timetable.ts';
import { postgresWriter } from './write-postgres.ts';
import { sqliteWriter } from './write-sqlite.ts';

export type SeedOrders = {
  orders: number;
  /** How long the shop has been open. */
  days: number;
  /** The moment that is now: the same one and the same `seed` make the same orders. Epoch milliseconds. */
  until: number;
  seed: number;
};

/** Orders that are written in one transaction: their rows are a few dozen megabytes in memory. */
const atOnce = 2_000;
/** Orders that are made up before the writing goes on. */
const turn = 25;
/** Of the orders, how many come with a discount code. */
const discounted = 0.12;
const day = 24 * hour;

/**
 * Fills a shop with orders in every state, with all that the shop would have written of them: timelines with their audit
 * chains, payments, refunds, disputes, ledger, events, effects, accounts. All rules that the books keep hold afterwards.
 * The payment provider knows nothing of them.
 */
export async function seedOrders(
  database: Database,
  env: Env,
  wanted: SeedOrders,
  tell: (done: number) => void,
): Promise<void> {
  if (env.stripe.live) throw new Error('Made-up orders do not belong into a shop with live keys.');
  const known = await database.read.selectFrom('orders').select('id').limit(1).executeTakeFirst();
  if (known) throw new Error('There are orders in this database already. Take an empty one.');
  const instanceId = await settingOrElse(database, 'instance_id', () => randomIds.next('ins'));
  const stage = new Stage({
    shop: (await openShop(env, database)).shop,
    instanceId,
    products: await allProducts(database),
    until: wanted.until,
    random: new Random(wanted.seed),
  });
  const writer = env.databaseUrl.startsWith('sqlite:')
    ? sqliteWriter(env.databaseUrl.slice('sqlite:'.length))
    : await postgresWriter(env.databaseUrl);
  try {
    await writeAll(stage, writer, wanted, tell);
    await keepQuiet(database, stage, wanted.until);
    await writer.finish();
  } finally {
    await writer.close();
  }
}

async function allProducts(database: Database) {
  const rows = await database.read
    .selectFrom('products')
    .select('id')
    .where('active', '=', 1)
    .orderBy('id')
    .execute();
  const ids = rows.map(({ id }) => id);
  const products = await findStocked(database.read, ids);
  if (products.length === 0)
    throw new Error('The shop sells nothing yet: run npm run seed without --orders first.');
  return products.sort((one, other) => (one.id < other.id ? -1 : 1));
}

async function writeAll(
  stage: Stage,
  writer: BulkWriter,
  wanted: SeedOrders,
  tell: (done: number) => void,
): Promise<void> {
  const { orders } = wanted;
  const old = orders - recentOf(orders);
  let today = 0;
  let writing = Promise.resolve();
  for (let index = 0; index < orders; index += 1) {
    const at = placedAt(index, wanted);
    if (Math.floor(at / day) !== today) payOut(stage, at);
    today = Math.floor(at / day);
    const story = placeOrder(stage, at, stage.random.chance(discounted));
    play(story, index < old ? null : index - old);
    endStory(story);
    // The next orders are made up while a database in another process takes in the last ones.
    if (index % turn === 0) await new Promise(setImmediate);
    if ((index + 1) % atOnce !== 0 && index + 1 !== orders) continue;
    await writing;
    tell(index + 1);
    writing = writer.write(stage.rows, stage.counts);
    writing.catch(() => {});
    stage.rows = new Rows();
    stage.counts = { held: new Map(), uses: new Map() };
  }
  await writing;
}

/** Once a day the provider sends to the bank what it holds. */
function payOut(stage: Stage, at: number): void {
  const { balance: amount } = stage;
  if (amount <= 0) return;
  const id = stage.ref('txn', at);
  const { currency } = stage.options.shop;
  stage.balance = 0;
  stage.moved -= amount;
  stage.rows.add('provider_transactions', {
    id,
    provider: 'stripe',
    type: 'payout',
    source_ref: stage.ref('po', at),
    amount: -amount,
    fee: 0,
    net: -amount,
    currency,
    created_at: at,
    booked_at: at,
    order_id: null,
    journal_kind: null,
    journal_ref: null,
  });
  const common = { kind: 'payout', ref: id, currency, order_id: '', at };
  stage.rows.add('ledger_entries', { ...common, account: 'bank', amount });
  stage.rows.add('ledger_entries', { ...common, account: 'stripe_clearing', amount: -amount });
}

/**
 * The provider never held this money, so the books begin with as much less. And for a day the shop does not compare its
 * records with the provider's, which lists none of these payments.
 */
async function keepQuiet(database: Database, stage: Stage, now: number): Promise<void> {
  const opening = 'balance_before:stripe';
  const known = await readSetting(database.read, opening);
  await database.transaction(async (tx) => {
    await writeSetting(tx, 'turn:reconcile', String(now + day));
    await writeSetting(tx, 'turn:disputes', String(now + hour));
    // Of a shop that ran meanwhile: it has summed up to moments for which more was written since.
    await tx.deleteFrom('ledger_checkpoints').execute();
    if (known === undefined) return;
    const { currency } = stage.options.shop;
    const before = JSON.parse(known) as Record<string, number>;
    const after = { ...before, [currency]: (before[currency] ?? 0) - stage.moved };
    await writeSetting(tx, opening, JSON.stringify(after));
  });
}
