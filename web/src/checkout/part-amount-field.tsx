import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import { Button } from '../parts/button.tsx';
import { TextField } from '../parts/field.tsx';
import { type PartAmount, partFieldId } from './use-part-amount.ts';

/** What is due, and the way to pay only a part of it now. Most people never open it. */
export function PartAmountField({ order, part }: { order: Order; part: PartAmount }) {
  const { received, due } = order;
  return (
    <div className="mb-5 rounded-card border border-border bg-surface p-4">
      <dl className="space-y-1">
        {received.amount > 0 && (
          <div className="flex justify-between gap-4">
            <dt className="text-muted">Received</dt>
            <dd className="tabular-nums">{formatMoney(received)}</dd>
          </div>
        )}
        <div className="flex justify-between gap-4">
          <dt className="font-semibold">{received.amount > 0 ? 'Still due' : 'Due'}</dt>
          <dd className="font-semibold tabular-nums">{formatMoney(due)}</dd>
        </div>
      </dl>
      {part.isOpen ? (
        <div className="mt-4">
          <TextField
            id={partFieldId}
            label={`Amount to pay now (${due.currency.toUpperCase()})`}
            inputMode="decimal"
            autoComplete="off"
            maxLength={16}
            autoFocus
            value={part.text}
            error={part.problem}
            hint="You can pay the rest later, in another way if you like."
            className="sm:max-w-96"
            onChange={(event) => part.type(event.target.value)}
          />
          <Rest part={part} due={due} />
          <Button variant="quiet" size="small" className="-ml-3" onClick={part.close}>
            Pay all of it
          </Button>
        </div>
      ) : (
        <Button variant="quiet" size="small" className="mt-1 -ml-3" onClick={part.open}>
          Pay another amount
        </Button>
      )}
    </div>
  );
}

/** What the typed amount leaves for later. */
function Rest({ part, due }: { part: PartAmount; due: Order['due'] }) {
  const rest = part.amount === null ? null : due.amount - part.amount;
  return (
    <p role="status" className="my-1.5 min-h-5 text-muted text-sm">
      {rest !== null && rest > 0 && `${formatMoney({ ...due, amount: rest })} stays due.`}
    </p>
  );
}
