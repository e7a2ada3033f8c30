import type { HealthArea, HealthReport } from '@paydesk/contract/admin/health';
import { countSources } from '../../db/inbox.ts';
import { type Finding, worstOf } from '../../domain/health.ts';
import { iso } from '../iso.ts';
import type { App } from '../ports.ts';
import { checkDatabase } from './check-database.ts';
import { type JudgedSettings, judgeSettings } from './judge-settings.ts';
import { judgeWork } from './judge-work.ts';
import type { OutsideHealth } from './outside.ts';
import { readWorkFacts } from './work-facts.ts';

/** How long a page waits for those who are asked over the network, in milliseconds; afterwards it says that they are asked. */
const patience = 1_500;
/** By so many events it is told how events come. */
const newest = 200;

/** What the report needs besides the app: who is asked over the network, and the settings that only the environment has. */
export type HealthDesk = {
  outside: OutsideHealth;
  /** Those that never change while the process runs. */
  settings: Omit<JudgedSettings, 'operatorEmail' | 'seller'>;
};

const areas: Record<string, HealthArea> = {
  sandbox: 'provider',
  Stripe: 'provider',
  'API version': 'provider',
  'webhook endpoint': 'provider',
  clock: 'provider',
  questions: 'provider',
  poll: 'deliveries',
  deliveries: 'deliveries',
  database: 'database',
  migrations: 'database',
  storage: 'database',
  'mail server': 'mail',
  mails: 'mail',
  sender: 'mail',
  address: 'settings',
  seller: 'settings',
  operators: 'settings',
};

/** The same facts as `npm run doctor`, for a page: each with a verdict and what to do about it. */
export async function healthReport(
  app: App,
  { outside, settings }: HealthDesk,
  { isFresh }: { isFresh: boolean },
): Promise<HealthReport> {
  const now = app.clock.now();
  const [heard, database, work, events] = await Promise.all([
    outside.hear({ isFresh, patience }),
    checkDatabase(app.database),
    readWorkFacts(app),
    countSources(app.database.read, newest),
  ]);
  const { operatorEmail, seller } = app.shop;
  const findings: Finding[] = [
    ...(heard.findings ?? []),
    ...judgeWork(work, now),
    ...database.findings,
    ...judgeSettings({ ...settings, operatorEmail, seller }),
  ];
  return {
    verdict: worstOf(findings),
    at: iso(now),
    asking: heard.isAsking,
    askedAt: iso(heard.at),
    checks: findings.map((finding) => ({ area: areas[finding.name] ?? 'work', ...finding })),
    events: {
      last: events.last && {
        id: events.last.event_id,
        type: events.last.type,
        source: events.last.source,
        receivedAt: iso(Number(events.last.received_at)),
      },
      sources: events.sources,
    },
  };
}
