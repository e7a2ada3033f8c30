import {
  type HealthArea,
  type HealthCheck,
  type HealthReport,
  healthAreas,
} from '@paydesk/contract/admin/health';
import type { ReactNode } from 'react';
import { Ago } from '../../admin/parts/ago.tsx';
import { Card, Facts } from '../../admin/parts/card.tsx';
import { Pill, type Tone } from '../../admin/parts/pill.tsx';
import { SettingsPage } from '../../admin/settings/settings-page.tsx';
import { useHealth } from '../../admin/settings/use-health.ts';
import { load } from '../../api/load.ts';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/settings-health.ts';

export async function loader({ context }: Route.LoaderArgs): Promise<HealthReport> {
  return await load<HealthReport>(context, '/api/admin/health');
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Health') }];
}

const verdicts: Record<HealthCheck['verdict'], { tone: Tone; word: string }> = {
  ok: { tone: 'success', word: 'Well' },
  warn: { tone: 'warning', word: 'Look' },
  fail: { tone: 'danger', word: 'Wrong' },
  skipped: { tone: 'neutral', word: 'Not looked' },
};

const titles: Record<HealthArea, string> = {
  provider: 'Stripe',
  deliveries: 'How events come',
  work: 'The shop’s own work',
  database: 'Database',
  mail: 'Mail',
  settings: 'Settings',
};

export default function HealthPage({ loaderData }: Route.ComponentProps) {
  const { report, busy, problem, checkNow } = useHealth(loaderData);
  const isAsking = busy || report.asking;
  return (
    <SettingsPage
      actions={
        <Button size="small" className="max-lg:min-h-11" aria-disabled={isAsking} onClick={checkNow}>
          {isAsking ? 'Asking Stripe…' : 'Check now'}
        </Button>
      }
    >
      <Summary report={report} />
      {problem && (
        <Notice tone="danger" role="alert" className="mb-4">
          {problem}
        </Notice>
      )}
      <div className="gap-4 lg:columns-2">
        {healthAreas.map((area) => (
          <AreaCard key={area} area={area} report={report} isAsking={isAsking} />
        ))}
      </div>
    </SettingsPage>
  );
}

function Summary({ report }: { report: HealthReport }) {
  const count = (wanted: string) => report.checks.filter(({ verdict }) => verdict === wanted).length;
  const text = {
    ok: 'All is well.',
    warn: `${count('warn')} to look at.`,
    fail: `${count('fail')} wrong, ${count('warn')} to look at.`,
  }[report.verdict];
  return (
    <p role="status" className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
      <Pill tone={verdicts[report.verdict].tone}>{text}</Pill>
      <span className="text-muted">
        {report.askedAt === null ? (
          'Stripe has yet to answer.'
        ) : (
          <>
            Stripe was asked <Ago at={report.askedAt} />.
          </>
        )}
      </span>
    </p>
  );
}

function AreaCard({ area, report, isAsking }: { area: HealthArea; report: HealthReport; isAsking: boolean }) {
  const checks = report.checks.filter((check) => check.area === area);
  const waits = area === 'provider' && isAsking && checks.length === 0;
  if (checks.length === 0 && !waits) return null;
  return (
    <Card title={titles[area]} className="mb-4 break-inside-avoid">
      {waits && <p className="text-muted">Asking Stripe…</p>}
      <ul className="grid gap-3">
        {checks.map((check) => (
          <CheckRow key={`${check.name} ${check.found}`} check={check} />
        ))}
      </ul>
      {area === 'deliveries' && <Events events={report.events} />}
    </Card>
  );
}

function CheckRow({ check: { name, verdict, found, todo } }: { check: HealthCheck }) {
  const { tone, word } = verdicts[verdict];
  return (
    <li className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3">
      <span>
        <Pill tone={tone}>{word}</Pill>
      </span>
      <div className="min-w-0 break-words">
        <p className="font-medium first-letter:uppercase">{name}</p>
        <p className="text-muted">{found}</p>
        {todo && <Todo>{todo}</Todo>}
      </div>
    </li>
  );
}

function Todo({ children }: { children: ReactNode }) {
  return (
    <p className="mt-1">
      <strong className="font-medium">What to do:</strong> {children}
    </p>
  );
}

const sourceNames: Record<string, string> = {
  hook: 'by webhook',
  poll: 'fetched',
  reconcile: 'by the daily comparison',
  operator: 'written by operators',
};

function Events({ events: { last, sources } }: { events: HealthReport['events'] }) {
  const total = sources.reduce((sum, { count }) => sum + count, 0);
  const shares = sources.map(({ source, count }) => `${count} ${sourceNames[source] ?? source}`);
  return (
    <div className="mt-4 border-border border-t pt-3">
      <Facts
        facts={[
          [
            'Last event',
            last ? (
              <>
                <span className="font-mono text-xs">{last.type}</span>, <Ago at={last.receivedAt} />
              </>
            ) : (
              'None yet'
            ),
          ],
          [`Newest ${total}`, total === 0 ? null : shares.join(', ')],
        ]}
      />
    </div>
  );
}
