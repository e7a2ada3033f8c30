import type { Tx } from '../../db/schema.ts';
import { readSetting, writeSetting } from '../../db/settings.ts';
import { type OperatorRules, standardRules } from '../../domain/operator.ts';
import type { App } from '../ports.ts';

const key = 'operator_rules';

/** Read anew for each call that needs them, so that a change holds at once and in every process. */
export async function operatorRules(app: Pick<App, 'database'>): Promise<OperatorRules> {
  return await rulesIn(app.database.read);
}

/** As they are in a transaction, which must not wait for another connection. */
export async function rulesIn(db: Tx | App['database']['read']): Promise<OperatorRules> {
  const kept = await readSetting(db, key);
  return kept === undefined ? standardRules : { ...standardRules, ...(JSON.parse(kept) as OperatorRules) };
}

export async function changeOperatorRules(app: App, rules: OperatorRules): Promise<OperatorRules> {
  await app.database.transaction((tx) => writeSetting(tx, key, JSON.stringify(rules)));
  return rules;
}
