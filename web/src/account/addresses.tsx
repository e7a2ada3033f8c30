import type { SavedAddress, SavedAddresses } from '@paydesk/contract/account';
import { useState } from 'react';
import { useRevalidator } from 'react-router';
import { callApi } from '../api/call.ts';
import { AddressLines } from '../order/address-lines.tsx';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { AddressDialog } from './address-dialog.tsx';

/** Where somebody's orders may go, to be chosen from at the checkout. */
export function Addresses({ addresses }: { addresses: SavedAddress[] }) {
  const [edited, setEdited] = useState<SavedAddress | 'new' | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { revalidate } = useRevalidator();
  const remove = (id: string) => {
    setProblem(null);
    callApi<SavedAddresses>('DELETE', `/api/account/addresses/${id}`)
      .then(() => revalidate())
      .catch((error: Error) => setProblem(error.message));
  };
  return (
    <>
      {problem && (
        <Notice tone="danger" role="alert" className="mb-4">
          {problem}
        </Notice>
      )}
      {addresses.length === 0 && (
        <p className="mb-4 text-muted">Save an address, and the checkout has it filled in.</p>
      )}
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {addresses.map((saved) => (
          <li key={saved.id} className="flex flex-col rounded-card border border-border bg-surface p-5">
            {saved.isStandard && <p className="mb-1 font-medium text-accent text-sm">Standard address</p>}
            <AddressLines order={{ contact: saved, shippingAddress: saved.address }} />
            <p className="mt-auto flex flex-wrap gap-2 pt-4">
              <Button variant="secondary" size="small" className="min-h-11" onClick={() => setEdited(saved)}>
                Change<span className="sr-only"> the address of {saved.address.line1}</span>
              </Button>
              <Button variant="quiet" size="small" className="min-h-11" onClick={() => remove(saved.id)}>
                Remove<span className="sr-only"> the address of {saved.address.line1}</span>
              </Button>
            </p>
          </li>
        ))}
      </ul>
      <Button variant="secondary" className="mt-4" onClick={() => setEdited('new')}>
        Add an address
      </Button>
      <AddressDialog saved={edited} onClose={() => setEdited(null)} />
    </>
  );
}
