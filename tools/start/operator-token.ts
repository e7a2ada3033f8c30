import { existsSync, readFileSync } from 'node:fs';
import { operatorTokenFile } from '../../server/src/http/operator-token.ts';

/**
 * Asked before the shop starts, tells afterwards what operators have to know: the token itself only at the first start,
 * where it was made; later the file it lies in.
 */
export function operatorHint(env: NodeJS.ProcessEnv): () => string {
  if (env.OPERATOR_TOKEN) return () => 'the token that OPERATOR_TOKEN holds';
  const file = operatorTokenFile(env.DATABASE_URL || 'sqlite:data/paydesk.db');
  const isKnown = existsSync(file);
  return () =>
    isKnown || !existsSync(file)
      ? `the token in ${file}`
      : `token ${readFileSync(file, 'utf8').trim()}   kept in ${file}, told this once`;
}
