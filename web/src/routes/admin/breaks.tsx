import type { Break, Breaks } from '@paydesk/contract/admin/breaks';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useMay } from '../../admin/operator.ts';
import { ActionDialog } from '../../admin/parts/action-dialog.tsx';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Empty } from '../../admin/parts/empty.tsx';
import { Filters, SelectFilter } from '../../admin/parts/filters.tsx';
import { NewerOlder } from '../../admin/parts/newer-older.tsx';
import { ReasonField, reasonOf } from '../../admin/parts/reason-field.tsx';
import { BreakItem } from '../../admin/queues/break-item.tsx';
import { chipsOf } from '../../admin/queues/chips.ts';
import { listQuery } from '../../admin/queues/list-query.ts';
import { StateTabs } from '../../admin/queues/state-tabs.tsx';
import { load } from '../../api/load.ts';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/breaks.ts';

const parameters = ['state', 'kind'];

export async function loader({ context, request }: Route.LoaderArgs): Promise<Breaks> {
  return await load<Breaks>(context, `/api/admin/breaks?${listQuery(request, parameters)}`);
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Breaks') }];
}

const tabs = [
  { state: 'open', label: 'Open' },
  { state: 'closed', label: 'Closed' },
];

export default function BreaksPage({ loaderData: { breaks, kinds, newer, older } }: Route.ComponentProps) {
  const [params] = useSearchParams();
  const [closing, setClosing] = useState<Break | null>(null);
  const may = useMay('manager');
  const titleOf = (kind: string) => kinds.find((each) => each.kind === kind)?.title ?? kind;
  const state = params.get('state') || 'open';
  const isOpen = state === 'open';
  return (
    <AdminPage
      title="Breaks"
      lead="What does not agree between our books and the payment provider’s, and what to do about it."
    >
      <StateTabs label="States" tabs={tabs} current={state} />
      <Filters chips={chipsOf(params, { kind: titleOf })} keep={['state']}>
        <SelectFilter
          label="Kind"
          name="kind"
          all="All kinds"
          options={kinds.map(({ kind }) => ({ value: kind, label: kind.replaceAll('_', ' ') }))}
        />
      </Filters>
      {breaks.length === 0 && (
        <Empty title={isOpen ? 'Our books and the provider’s agree' : 'No break was closed yet'}>
          {isOpen && 'Whatever differs appears here by itself. All of it is compared once a day.'}
        </Empty>
      )}
      <ul aria-label={isOpen ? 'Open breaks' : 'Closed breaks'} className="grid gap-3">
        {breaks.map((one) => (
          <BreakItem key={one.id} item={one} close={may ? setClosing : null} />
        ))}
      </ul>
      <NewerOlder newer={newer} older={older} />
      <CloseDialog item={closing} onClose={() => setClosing(null)} />
    </AdminPage>
  );
}

function CloseDialog({ item, onClose }: { item: Break | null; onClose(): void }) {
  return (
    <ActionDialog
      open={item !== null}
      onClose={onClose}
      title="Close this break"
      path={`/api/admin/breaks/${item?.id}/close`}
      bodyOf={resolutionOf}
      action="Close"
    >
      <p className="font-medium">{item?.title}</p>
      <p className="text-muted">{item?.advice}</p>
      <ReasonField
        label="What was done about it"
        name="resolution"
        maxLength={500}
        hint="Should it be found again, it opens again."
      />
    </ActionDialog>
  );
}

function resolutionOf(form: FormData): { resolution: string } | string {
  const found = reasonOf(form, 'resolution');
  return typeof found === 'string' ? found : { resolution: found.reason };
}
