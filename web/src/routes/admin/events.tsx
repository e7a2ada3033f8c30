import { type EventRow, type Events, eventSources, eventStates } from '@paydesk/contract/admin/events';
import { useSearchParams } from 'react-router';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Ago } from '../../admin/parts/ago.tsx';
import { type Column, DataTable } from '../../admin/parts/data-table.tsx';
import { Empty } from '../../admin/parts/empty.tsx';
import { Filters, InputFilter, SearchFilter, SelectFilter } from '../../admin/parts/filters.tsx';
import { NewerOlder } from '../../admin/parts/newer-older.tsx';
import { chipsOf } from '../../admin/queues/chips.ts';
import { listQuery } from '../../admin/queues/list-query.ts';
import { LookedThrough } from '../../admin/queues/looked-through.tsx';
import { OrderLink } from '../../admin/queues/order-link.tsx';
import { EventPill, eventStateWords, sourceWords } from '../../admin/queues/words.tsx';
import { load } from '../../api/load.ts';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/events.ts';

const parameters = ['state', 'source', 'type', 'order', 'object', 'from', 'to'];

export async function loader({ context, request }: Route.LoaderArgs): Promise<Events> {
  return await load<Events>(context, `/api/admin/events?${listQuery(request, parameters)}`);
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Inbox') }];
}

const columns: Column<EventRow>[] = [
  { label: 'Event', cell: (event) => <Name event={event} /> },
  { label: 'Came', cell: ({ receivedAt }) => <Ago at={receivedAt} /> },
  { label: 'State', minor: true, cell: (event) => <EventPill event={event} /> },
  { label: 'What was made of it', minor: true, cell: ({ outcome }) => outcome ?? 'Not dealt with yet' },
  { label: 'Order', minor: true, cell: (event) => <OrderLink order={event} /> },
  { label: 'About', minor: true, cell: ({ object }) => <span className="font-mono text-xs">{object}</span> },
  { label: 'How it came', minor: true, cell: ({ source }) => sourceWords[source] },
];

export default function EventsPage({ loaderData }: Route.ComponentProps) {
  const { events, newer, older, lookedThrough } = loaderData;
  const [params] = useSearchParams();
  const chips = chipsOf(params, {
    object: (id) => `About ${id}`,
    order: (name) => `Order ${name}`,
    state: (state) => eventStateWords[state as EventRow['state']] ?? state,
    source: (source) => sourceWords[source as EventRow['source']] ?? source,
    type: (type) => type,
    from: (day) => `From ${day}`,
    to: (day) => `Until ${day}`,
  });
  return (
    <AdminPage title="Inbox" lead="Everything that payment providers told the shop, and what was made of it.">
      <Filters chips={chips}>
        <SearchFilter label="About" name="object" placeholder="7K3M-92QX, pi_…, re_…, evt_…" />
        <SelectFilter
          label="State"
          name="state"
          all="Any"
          options={optionsOf(eventStates, eventStateWords)}
        />
        <SelectFilter
          label="How it came"
          name="source"
          all="Any"
          options={optionsOf(eventSources, sourceWords)}
        />
        <InputFilter label="Type" name="type" type="text" />
        <InputFilter label="From" name="from" type="date" />
        <InputFilter label="Until" name="to" type="date" />
      </Filters>
      {events.length === 0 ? (
        <Empty title={chips.length > 0 ? 'No event fits the filters' : 'No event has come yet'}>
          {chips.length > 0 ? 'Take one off.' : 'The first payment brings the first one.'}
        </Empty>
      ) : (
        <DataTable
          label="Events"
          columns={columns}
          rows={events}
          keyOf={({ id }) => id}
          hrefOf={({ id }) => `/admin/events/${encodeURIComponent(id)}`}
        />
      )}
      <LookedThrough at={lookedThrough} />
      <NewerOlder newer={newer} older={older} />
    </AdminPage>
  );
}

/** On a phone its state stands below it. */
function Name({ event }: { event: EventRow }) {
  return (
    <span className="grid justify-items-start gap-1 break-all">
      {event.type}
      <span className="md:hidden">
        <EventPill event={event} />
      </span>
    </span>
  );
}

function optionsOf<T extends string>(all: readonly T[], words: Record<T, string>) {
  return all.map((value) => ({ value, label: words[value] }));
}
