import { parseArgs } from 'node:util';
import { openDatabase } from '../../server/src/db/dialect.ts';
import { migrate } from '../../server/src/db/migrate.ts';
import { seedCatalogue } from './seed.ts';

const usage = `Usage: npm run seed [-- --replace]

Fills the database with the demo shop: products, countries with their rates, discount codes.
Rows that exist already are left as they are.

  --replace   writes products, rates and codes anew, stock included
`;

const { values } = parseArgs({
  options: { replace: { type: 'boolean', default: false }, help: { type: 'boolean' } },
});
if (values.help) {
  process.stdout.write(usage);
} else {
  await seed(values.replace);
}

async function seed(replace: boolean): Promise<void> {
  const url = process.env.DATABASE_URL ?? 'sqlite:data/paydesk.db';
  const database = openDatabase(url);
  try {
    await migrate(database, Date.now());
    const counts = await seedCatalogue(database, replace);
    process.stdout.write(
      `Seeded ${counts.products} products, ${counts.countries} countries, ${counts.discounts} codes.\n`,
    );
  } finally {
    await database.close();
  }
}
