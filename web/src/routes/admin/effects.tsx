import type { Effect, Effects } from '@paydesk/contract/admin/effects';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useMay } from '../../admin/operator.ts';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Ago } from '../../admin/parts/ago.tsx';
import { type Column, DataTable } from '../../admin/parts/data-table.tsx';
import { effectText } from '../../admin/parts/effect-text.ts';
import { Empty } from '../../admin/parts/empty.tsx';
import { Filters, SearchFilter, SelectFilter } from '../../admin/parts/filters.tsx';
import { NewerOlder } from '../../admin/parts/newer-older.tsx';
import { chipsOf } from '../../admin/queues/chips.ts';
import { type Doing, EffectButtons, EffectDialog } from '../../admin/queues/effect-actions.tsx';
import { EffectPill } from '../../admin/queues/effect-pill.tsx';
import { listQuery } from '../../admin/queues/list-query.ts';
import { OrderLink } from '../../admin/queues/order-link.tsx';
import { StateTabs } from '../../admin/queues/state-tabs.tsx';
import { load } from '../../api/load.ts';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/effects.ts';

export async function loader({ context, request }: Route.LoaderArgs): Promise<Effects> {
  const params = listQuery(request, ['state', 'kind', 'order']);
  const state = stateOf(params);
  // Of one order all can be shown, which the API does where no state is named.
  if (state === everything) params.delete('state');
  else params.set('state', state);
  return await load<Effects>(context, `/api/admin/effects?${params}`);
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Outbox') }];
}

const everything = 'all';
const tabs = [
  { state: 'waiting', label: 'Waiting' },
  { state: 'failing', label: 'Failing' },
  { state: 'gave-up', label: 'Gave up' },
  { state: 'done', label: 'Done' },
];
const tabsOfOrder = [{ state: everything, label: 'All of the order' }, ...tabs];

function stateOf(params: URLSearchParams): string {
  const isOfOrder = Boolean(params.get('order'));
  const state = params.get('state') || (isOfOrder ? everything : 'waiting');
  return state === everything && !isOfOrder ? 'waiting' : state;
}

const nothing: Record<string, string> = {
  waiting: 'Nothing waits to be done',
  failing: 'Nothing fails',
  'gave-up': 'Nothing was given up',
  done: 'Nothing was done yet',
};

export default function EffectsPage({ loaderData: { effects, kinds, newer, older } }: Route.ComponentProps) {
  const [params] = useSearchParams();
  const [doing, setDoing] = useState<Doing | null>(null);
  const may = useMay('manager');
  const state = stateOf(params);
  const chips = chipsOf(params, { kind: effectText, order: (name) => `Order ${name}` });
  const act = may && state !== 'done' ? setDoing : null;
  const columns = columnsOf(effects, act);
  return (
    <AdminPage
      title="Outbox"
      lead="What the shop does because of what was written down: each once, and again until it is done."
    >
      <StateTabs label="States" tabs={params.get('order') ? tabsOfOrder : tabs} current={state} />
      <Filters chips={chips} keep={['state']}>
        <SearchFilter label="Order" name="order" placeholder="7K3M-92QX" />
        <SelectFilter
          label="Kind"
          name="kind"
          all="All kinds"
          options={kinds.map((kind) => ({ value: kind, label: effectText(kind) }))}
        />
      </Filters>
      {effects.length === 0 ? (
        <Empty title={nothing[state] ?? 'Nothing is here'} />
      ) : (
        <DataTable label="Effects" columns={columns} rows={effects} keyOf={({ key }) => key} />
      )}
      {state === 'done' && effects.length > 0 && !params.get('kind') && (
        <p className="mt-3 text-muted">These are the newest. Choose a kind to look further back.</p>
      )}
      <NewerOlder newer={newer} older={older} />
      <EffectDialog doing={doing} onClose={() => setDoing(null)} />
    </AdminPage>
  );
}

function columnsOf(effects: readonly Effect[], act: ((doing: Doing) => void) | null): Column<Effect>[] {
  const columns: Column<Effect>[] = [
    { label: 'What', cell: (effect) => <What effect={effect} act={act} /> },
    { label: 'Order', minor: true, cell: (effect) => <OrderLink order={effect} /> },
    { label: 'When', minor: true, cell: (effect) => <When effect={effect} /> },
    { label: 'Tries', align: 'right', minor: true, cell: ({ attempts }) => attempts },
  ];
  if (effects.some(({ lastError }) => lastError !== null))
    columns.push({
      label: 'What was said',
      minor: true,
      cell: ({ lastError }) => <span className="break-words">{lastError}</span>,
    });
  if (act)
    columns.push({
      label: 'Actions',
      align: 'right',
      minor: true,
      cell: (effect) => <EffectButtons effect={effect} act={act} />,
    });
  return columns;
}

type WhatProps = { effect: Effect; act: ((doing: Doing) => void) | null };

/** On a phone everything about it stands here. */
function What({ effect, act }: WhatProps) {
  return (
    <span className="grid gap-0.5 py-1">
      <span className="flex flex-wrap items-center gap-x-2 font-medium">
        {effectText(effect.kind)} <EffectPill state={effect.state} />
      </span>
      <span className="break-all font-mono text-muted text-xs">
        {effect.kind} {effect.subjectId}
      </span>
      <span className="grid gap-1 md:hidden">
        <span className="flex items-center gap-3">
          {effect.orderNumber !== null && <OrderLink order={effect} />}
          <When effect={effect} />
        </span>
        {effect.lastError && <span className="break-words text-muted">{effect.lastError}</span>}
        {act && <EffectButtons effect={effect} act={act} />}
      </span>
    </span>
  );
}

/** When it was over, or when it is tried next. */
function When({ effect: { doneAt, gaveUpAt, dueAt } }: { effect: Effect }) {
  return <Ago at={gaveUpAt ?? doneAt ?? dueAt} />;
}
