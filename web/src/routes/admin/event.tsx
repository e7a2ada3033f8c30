import type { EventDetail } from '@paydesk/contract/admin/events';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Ago } from '../../admin/parts/ago.tsx';
import { Card, Facts } from '../../admin/parts/card.tsx';
import { CopyId } from '../../admin/parts/copy-id.tsx';
import { EffectPill } from '../../admin/queues/effect-pill.tsx';
import { EventActions } from '../../admin/queues/event-actions.tsx';
import { JsonView } from '../../admin/queues/json-view.tsx';
import { OrderLink } from '../../admin/queues/order-link.tsx';
import { EventPill, sourceWords } from '../../admin/queues/words.tsx';
import { load } from '../../api/load.ts';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/event.ts';

export async function loader({ context, params }: Route.LoaderArgs): Promise<EventDetail> {
  return await load<EventDetail>(context, `/api/admin/events/${encodeURIComponent(params.id)}`);
}

export function meta({ matches, loaderData }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, loaderData?.event.type ?? 'Event') }];
}

const signatures: Record<EventDetail['event']['signature'], string> = {
  verified: 'Verified when it came',
  fetched: 'None: fetched from the provider’s list with our key',
  recorded: 'None: an operator recorded it',
};

export default function EventPage({ loaderData: { event, timeline, effects } }: Route.ComponentProps) {
  return (
    <AdminPage
      back={{ to: '/admin/events', label: 'Inbox' }}
      title={<span className="break-all">{event.type}</span>}
      actions={<EventActions event={event} />}
    >
      <div className="grid gap-4 lg:grid-cols-3">
        <div className="grid min-w-0 content-start gap-4 lg:col-span-2">
          <Card title="What was made of it" actions={<EventPill event={event} />}>
            <p className="break-words">{event.decision}</p>
            {event.dueAt && (
              <p className="mt-1 text-muted">
                Tried {event.attempts} {event.attempts === 1 ? 'time' : 'times'}, next{' '}
                <Ago at={event.dueAt} />.
              </p>
            )}
          </Card>
          <Card title="What it changed">
            <Changes timeline={timeline} />
          </Card>
          {effects.length > 0 && (
            <Card title="What was to be done because of it">
              <EffectList effects={effects} />
            </Card>
          )}
          <Card title="What it carried">
            <JsonView value={event.payload} label="what the event carried" />
          </Card>
        </div>
        <About event={event} />
      </div>
    </AdminPage>
  );
}

function About({ event }: { event: EventDetail['event'] }) {
  return (
    <Card title="About it" className="self-start">
      <Facts
        facts={[
          ['Event', <CopyId key="id" id={event.id} label="the event’s id" />],
          ['About', <CopyId key="object" id={event.object} label="the id of what it is about" />],
          ['Order', <OrderLink key="order" order={event} />],
          ['Payment', event.paymentId && <CopyId id={event.paymentId} label="the payment’s id" />],
          ['Provider', event.provider],
          ['How it came', sourceWords[event.source]],
          ['Signature', signatures[event.signature]],
          ['Came', <Ago key="came" at={event.receivedAt} />],
          ['Done', event.doneAt && <Ago at={event.doneAt} />],
          ['Replayed', event.replayedAt && <Ago at={event.replayedAt} />],
        ]}
      />
    </Card>
  );
}

function Changes({ timeline }: Pick<EventDetail, 'timeline'>) {
  if (timeline.length === 0) return <p className="text-muted">Nothing of an order.</p>;
  return (
    <ol className="grid gap-2">
      {timeline.map((entry) => (
        <li key={entry.at + entry.type}>
          {entry.message}{' '}
          <span className="text-muted">
            {entry.type}, <Ago at={entry.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function EffectList({ effects }: Pick<EventDetail, 'effects'>) {
  return (
    <ul className="grid gap-2">
      {effects.map((effect) => (
        <li key={effect.key} className="flex flex-wrap items-center gap-2">
          <span className="mr-auto break-all font-mono text-xs">{effect.key}</span>
          <EffectPill state={effect.state} />
        </li>
      ))}
    </ul>
  );
}
