import type { CatalogueChange } from '@paydesk/contract/admin/products';
import { Ago } from '../parts/ago.tsx';
import { Card } from '../parts/card.tsx';
import { changeHeading, fieldChange, fieldName } from './change-text.ts';

/** Who changed what, newest first. */
export function ChangesCard({
  changes,
  currency,
}: {
  changes: readonly CatalogueChange[];
  currency: string;
}) {
  if (changes.length === 0) return null;
  return (
    <Card title="Changes">
      <ol className="divide-y divide-border">
        {changes.map(({ id, what, fields, by, at }) => (
          <li key={id} className="py-2">
            <p className="font-medium">{changeHeading(what)}</p>
            {fields.map((change) => (
              <p key={change.field} className="break-words">
                <span className="text-muted">{fieldName(change.field)}:</span> {fieldChange(change, currency)}
              </p>
            ))}
            <p className="text-muted text-xs">
              {by}, <Ago at={at} />
            </p>
          </li>
        ))}
      </ol>
    </Card>
  );
}
