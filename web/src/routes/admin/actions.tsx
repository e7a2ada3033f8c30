import type { Action, Actions } from '@paydesk/contract/admin/actions';
import { useSearchParams } from 'react-router';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Ago } from '../../admin/parts/ago.tsx';
import { type Column, DataTable } from '../../admin/parts/data-table.tsx';
import { Empty } from '../../admin/parts/empty.tsx';
import { Filters, InputFilter, SearchFilter, SelectFilter } from '../../admin/parts/filters.tsx';
import { NewerOlder } from '../../admin/parts/newer-older.tsx';
import { Pill, type Tone } from '../../admin/parts/pill.tsx';
import { chipsOf } from '../../admin/queues/chips.ts';
import { listQuery } from '../../admin/queues/list-query.ts';
import { OrderLink } from '../../admin/queues/order-link.tsx';
import { load } from '../../api/load.ts';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/actions.ts';

const parameters = ['operator', 'order', 'from', 'to'];

export async function loader({ context, request }: Route.LoaderArgs): Promise<Actions> {
  return await load<Actions>(context, `/api/admin/actions?${listQuery(request, parameters)}`);
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Log') }];
}

const columns: Column<Action>[] = [
  { label: 'When', cell: ({ at }) => <Ago at={at} /> },
  { label: 'Who', minor: true, cell: (action) => <Who action={action} /> },
  { label: 'What', cell: (action) => <What action={action} /> },
  { label: 'Order', minor: true, cell: (action) => <OrderLink order={action} /> },
  { label: 'Why', minor: true, cell: ({ reason }) => <span className="break-words">{reason}</span> },
  { label: 'Outcome', cell: (action) => <Outcome action={action} /> },
];

export default function ActionsPage({ loaderData }: Route.ComponentProps) {
  const { actions, operators, newer, older } = loaderData;
  const [params] = useSearchParams();
  const chips = chipsOf(params, {
    operator: (name) => `By ${name}`,
    order: (name) => `Order ${name}`,
    from: (day) => `From ${day}`,
    to: (day) => `Until ${day}`,
  });
  return (
    <AdminPage
      title="Log"
      lead="What operators did, and scripts with their token. It is written down before it is done, and never changed."
    >
      <Filters chips={chips}>
        <SearchFilter label="Order" name="order" placeholder="7K3M-92QX" />
        <SelectFilter
          label="Operator"
          name="operator"
          all="Everybody"
          options={operators.map((name) => ({ value: name, label: name === 'operator' ? 'Scripts' : name }))}
        />
        <InputFilter label="From" name="from" type="date" />
        <InputFilter label="Until" name="to" type="date" />
      </Filters>
      {actions.length === 0 ? (
        <Empty title={chips.length > 0 ? 'Nothing fits the filters' : 'Nobody has done anything yet'}>
          {chips.length > 0 && 'Take one off.'}
        </Empty>
      ) : (
        <DataTable label="Actions" columns={columns} rows={actions} keyOf={({ id }) => id} />
      )}
      <NewerOlder newer={newer} older={older} />
    </AdminPage>
  );
}

function Who({ action }: { action: Action }) {
  return (
    <span className="grid">
      <span className="font-medium">{nameOf(action)}</span>
      {action.operatorId !== null && <span className="text-muted text-xs">{action.role}</span>}
    </span>
  );
}

/** What came with the operators' token belongs to no one person. */
function nameOf({ operator, operatorId }: Action): string {
  return operatorId === null ? 'A script' : operator;
}

function What({ action }: { action: Action }) {
  const { says, object, orderId, orderNumber, reason } = action;
  return (
    <span className="grid gap-0.5 py-1">
      <span>{says}</span>
      <span className="text-muted md:hidden">{nameOf(action)}</span>
      {orderNumber !== null && (
        <span className="md:hidden">
          <OrderLink order={action} />
        </span>
      )}
      {object !== null && orderId === null && (
        <span className="break-all font-mono text-muted text-xs">{object}</span>
      )}
      {reason !== null && <span className="break-words text-muted md:hidden">“{reason}”</span>}
    </span>
  );
}

const outcomes: Record<Action['outcome'], { tone: Tone; word: string }> = {
  done: { tone: 'success', word: 'Done' },
  refused: { tone: 'warning', word: 'Refused' },
  failed: { tone: 'danger', word: 'Failed' },
  unknown: { tone: 'neutral', word: 'Cut off' },
};

function Outcome({ action: { outcome, code } }: { action: Action }) {
  const { tone, word } = outcomes[outcome];
  return (
    <span className="grid justify-items-start gap-0.5">
      <Pill tone={tone}>{word}</Pill>
      {code !== null && <span className="break-all font-mono text-muted text-xs">{code}</span>}
    </span>
  );
}
