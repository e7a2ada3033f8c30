import type { SaveAddressRequest, SavedAddress } from '@paydesk/contract/account';
import { normalizeAddress } from '@paydesk/contract/address';
import { useState } from 'react';
import { useRevalidator } from 'react-router';
import { ApiError, callApi } from '../api/call.ts';
import {
  addressOf,
  type CheckoutValues,
  checkValues,
  type FieldName,
  savedValues,
} from '../checkout/checkout-values.ts';
import { DeliveryFields } from '../checkout/delivery-section.tsx';
import { useCheckoutForm } from '../checkout/use-checkout-form.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Notice } from '../parts/notice.tsx';
import { useShopConfig } from '../shop-config.ts';

type AddressDialogProps = { saved: SavedAddress | 'new' | null; onClose(): void };

export function AddressDialog({ saved, onClose }: AddressDialogProps) {
  return (
    <Dialog
      open={saved !== null}
      onClose={onClose}
      title={saved === 'new' ? 'Add an address' : 'Change the address'}
      className="sheet mt-auto max-h-[95dvh] w-full overflow-y-auto max-sm:rounded-t-dialog sm:m-auto sm:max-h-[90dvh] sm:w-[34rem] sm:rounded-dialog"
    >
      {saved !== null && <AddressForm saved={saved === 'new' ? null : saved} onClose={onClose} />}
    </Dialog>
  );
}

function AddressForm({ saved, onClose }: { saved: SavedAddress | null; onClose(): void }) {
  const form = useCheckoutForm(useShopConfig().country, saved ? savedValues(saved) : {}, {
    keepsDraft: false,
  });
  const [isStandard, setStandard] = useState(saved?.isStandard ?? false);
  const { busy, problem, save } = useSave(saved, onClose);
  const submit = () => {
    // Only what stands in this form: the address is for no e-mail in particular.
    const { email: _, ...problems } = checkValues(form.values);
    form.show(problems);
    const [first] = Object.keys(problems) as FieldName[];
    if (first) document.getElementById(first)?.focus();
    else void save(requestOf(form.values, isStandard));
  };
  return (
    <form
      noValidate
      className="grid gap-4 p-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <DeliveryFields form={form} />
      <label className="flex min-h-11 items-center gap-2">
        <input
          type="checkbox"
          checked={isStandard}
          disabled={saved?.isStandard}
          onChange={(event) => setStandard(event.target.checked)}
          className="size-5"
        />
        Use it as my standard address
      </label>
      <Button type="submit" aria-disabled={busy}>
        {busy ? 'Saving…' : 'Save address'}
      </Button>
    </form>
  );
}

function useSave(saved: SavedAddress | null, onSaved: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { revalidate } = useRevalidator();
  const save = async (body: SaveAddressRequest): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const path = '/api/account/addresses';
      await (saved ? callApi('PUT', `${path}/${saved.id}`, { body }) : callApi('POST', path, { body }));
      await revalidate();
      onSaved();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, save };
}

function requestOf(values: CheckoutValues, isStandard: boolean): SaveAddressRequest {
  const phone = values.phone.trim();
  return {
    firstName: values.first_name.trim(),
    lastName: values.last_name.trim(),
    ...(phone && { phone }),
    address: normalizeAddress(addressOf(values, '')),
    isStandard,
  };
}
