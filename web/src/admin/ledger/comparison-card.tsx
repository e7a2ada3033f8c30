import type { Comparison } from '@paydesk/contract/admin/ledger';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useMay } from '../operator.ts';
import { Ago } from '../parts/ago.tsx';
import { Amount } from '../parts/amount.tsx';
import { Card } from '../parts/card.tsx';
import { Pill } from '../parts/pill.tsx';
import { useAction } from '../parts/use-action.ts';

type Row = Comparison['rows'][number];

/** What the provider holds for the shop by its own word, beside the books; asked anew by a button. */
export function ComparisonCard({ comparison }: { comparison: Comparison | null }) {
  const compare = useAction({ path: '/api/admin/ledger/compare' });
  const may = useMay('manager');
  return (
    <Card title="Against the provider’s balance" className="self-start">
      {compare.problem && (
        <Notice tone="danger" role="alert" className="mb-3">
          {compare.problem}
        </Notice>
      )}
      <div role="status">
        {comparison === null ? (
          <p className="text-muted">Not compared yet. It is done once a day.</p>
        ) : (
          <Found comparison={comparison} />
        )}
      </div>
      {may && (
        <Button
          variant="secondary"
          size="small"
          className="mt-3 max-lg:min-h-11"
          aria-disabled={compare.busy}
          onClick={() => void compare.run()}
        >
          {compare.busy ? 'Asking the provider…' : 'Compare now'}
        </Button>
      )}
    </Card>
  );
}

function Found({ comparison: { rows, at, by, waiting } }: { comparison: Comparison }) {
  return (
    <>
      {rows.length === 0 && <p>There is nothing to compare yet.</p>}
      <ul className="grid gap-3">
        {rows.map((row) => (
          <Sides key={`${row.provider} ${row.currency}`} row={row} />
        ))}
      </ul>
      {waiting > 0 && (
        <p className="mt-2 text-muted">
          {waiting} {waiting === 1 ? 'movement waits' : 'movements wait'} for an event to reach our books.
        </p>
      )}
      <p className="mt-2 text-muted">
        Compared <Ago at={at} /> by {by}.
      </p>
    </>
  );
}

function Sides({ row }: { row: Row }) {
  const money = (amount: number) => ({ amount, currency: row.currency });
  const agrees = row.difference === 0;
  return (
    <li>
      <p className="mb-1 flex items-center gap-2 font-medium">
        {row.provider}, {row.currency.toUpperCase()}
        <Pill tone={agrees ? 'success' : 'danger'}>{agrees ? 'Agrees' : 'Differs'}</Pill>
      </p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-0.5">
        <dt className="text-muted">At the provider</dt>
        <dd className="text-right">
          <Amount money={money(row.atProvider)} />
        </dd>
        <dt className="text-muted">In our books</dt>
        <dd className="text-right">
          <Amount money={money(row.inOurBooks)} />
        </dd>
        {!agrees && (
          <>
            <dt className="text-danger">Difference</dt>
            <dd className="text-right font-medium text-danger">
              <Amount money={money(row.difference)} />
            </dd>
          </>
        )}
      </dl>
    </li>
  );
}
