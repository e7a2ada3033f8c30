import type { AdminProduct, StockMovement } from '@paydesk/contract/admin/products';
import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { Ago } from '../parts/ago.tsx';
import { Card, Facts } from '../parts/card.tsx';
import { ReasonField, reasonOf } from '../parts/reason-field.tsx';

type StockCardProps = {
  product: AdminProduct;
  movements: readonly StockMovement[];
  /** The cursor of older movements. */
  next: string | null;
  editable: boolean;
};

/** How much there is, and what operators did to it. */
export function StockCard({ product, movements, next, editable }: StockCardProps) {
  const [doing, setDoing] = useState<'move' | 'count' | null>(null);
  const { onHand, reserved, available } = product.stock;
  const close = () => setDoing(null);
  return (
    <Card title="Stock">
      <Facts
        facts={[
          ['On hand', <Units key="on-hand" count={onHand} />],
          ['Held by orders', <Units key="reserved" count={reserved} />],
          ['Available', <Units key="available" count={available} strong />],
        ]}
      />
      {editable && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button
            variant="secondary"
            size="small"
            className="max-lg:min-h-11"
            onClick={() => setDoing('move')}
          >
            Add or take away
          </Button>
          <Button
            variant="secondary"
            size="small"
            className="max-lg:min-h-11"
            onClick={() => setDoing('count')}
          >
            Count
          </Button>
        </div>
      )}
      <Movements movements={movements} next={next} />
      <MoveDialog product={product} open={doing === 'move'} onClose={close} />
      <CountDialog product={product} open={doing === 'count'} onClose={close} />
    </Card>
  );
}

function Units({ count, strong }: { count: number; strong?: boolean }) {
  return <span className={`tabular-nums ${strong ? 'font-semibold' : ''}`}>{count}</span>;
}

function Movements({ movements, next }: Pick<StockCardProps, 'movements' | 'next'>) {
  if (movements.length === 0) return null;
  return (
    <>
      <h3 className="mt-4 mb-1 font-medium">Moved by hand</h3>
      <ul className="divide-y divide-border">
        {movements.map(({ id, before, after, reason, by, at }) => (
          <li key={id} className="flex gap-3 py-2">
            <span className="w-10 shrink-0 text-right font-medium tabular-nums">
              {signed(after - before)}
            </span>
            <span className="min-w-0">
              <span className="block break-words">{reason}</span>
              <span className="block text-muted text-xs">
                {before} → {after}, {by}, <Ago at={at} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      {next !== null && (
        <Link
          to={`?after=${next}`}
          className="mt-1 inline-block py-2 text-accent underline underline-offset-4"
        >
          Older movements
        </Link>
      )}
    </>
  );
}

function signed(units: number): string {
  return units < 0 ? `\u2212${-units}` : `+${units}`;
}

type DialogProps = { product: AdminProduct; open: boolean; onClose(): void };

function MoveDialog({ product, open, onClose }: DialogProps) {
  return (
    <ActionDialog
      open={open}
      onClose={onClose}
      title="Add or take away"
      path={`/api/admin/products/${product.id}/stock`}
      action="Write it down"
      bodyOf={(form) => {
        const change = wholeNumber(form.get('change'));
        const reason = reasonOf(form);
        if (change === null || change === 0) return 'Enter a number such as 12 or -3.';
        return typeof reason === 'string' ? reason : { change, ...reason };
      }}
    >
      <p>
        {product.stock.onHand} units are on hand. Orders hold {product.stock.reserved} of them, which stay.
      </p>
      <TextField
        id="change"
        label="Units"
        hint="12 for what came, -3 for what went."
        inputMode="text"
        autoComplete="off"
        required
      />
      <ReasonField hint="Such as “Delivery of 12 June” or “Two broke”." />
    </ActionDialog>
  );
}

function CountDialog({ product, open, onClose }: DialogProps) {
  return (
    <ActionDialog
      open={open}
      onClose={onClose}
      title="Count"
      path={`/api/admin/products/${product.id}/stock`}
      action="Write it down"
      bodyOf={(form) => {
        const set = wholeNumber(form.get('set'));
        const reason = reasonOf(form);
        if (set === null || set < 0) return 'Enter how many there are.';
        return typeof reason === 'string' ? reason : { set, expected: product.stock.onHand, ...reason };
      }}
    >
      <p>By the books {product.stock.onHand} are on hand, with what orders hold.</p>
      <TextField id="set" label="Units on the shelf" inputMode="numeric" autoComplete="off" required />
      <ReasonField hint="Such as “Stocktaking”." />
    </ActionDialog>
  );
}

function wholeNumber(value: FormDataEntryValue | null): number | null {
  const text = String(value ?? '')
    .trim()
    .replace('\u2212', '-');
  return /^[+-]?\d{1,7}$/.test(text) ? Number(text) : null;
}
