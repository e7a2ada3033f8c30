import type { CountryRates, ServedCountry } from '@paydesk/contract/admin/settings';
import { countryCodes, countryName } from '@paydesk/contract/countries';
import { useState } from 'react';
import { fieldRow, SelectField, TextField } from '../../parts/field.tsx';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { readRates, typedAmount, typedPercent } from './rates.ts';
import type { Problems } from './settings-form.tsx';

type CountryDialogProps = {
  /** The country to be changed, `new` for another one; null while the dialog is closed. */
  country: ServedCountry | 'new' | null;
  served: readonly ServedCountry[];
  version: number;
  currency: string;
  onClose(): void;
  onSaved(name: string): void;
  onRemove(country: ServedCountry): void;
};

const blank: CountryRates = {
  name: '',
  shippingAmount: 0,
  freeShippingFrom: null,
  taxBasisPoints: 0,
  taxName: 'VAT',
  taxOnShipping: true,
};

/** Shipping and tax of one country. */
export function CountryDialog({
  country,
  served,
  version,
  currency,
  onClose,
  onSaved,
  onRemove,
}: CountryDialogProps) {
  const [problems, setProblems] = useState<Problems>({});
  const addable = addableCountries(served);
  const [chosen, setChosen] = useState(addable[0]?.code ?? '');
  const isNew = country === 'new';
  const known = isNew || country === null ? blank : country;
  const code = isNew ? chosen : ((country as ServedCountry | null)?.code ?? '');
  const name = isNew ? countryName(chosen) : known.name;
  const bodyOf = (form: FormData) => {
    if (isNew) form.set('name', name);
    const said = readRates(form, currency);
    setProblems('problems' in said ? said.problems : {});
    return 'problems' in said ? 'Look at what is marked.' : { version, ...said.rates };
  };
  const close = () => {
    setProblems({});
    onClose();
  };
  return (
    <ActionDialog
      open={country !== null}
      onClose={close}
      title={isNew ? 'Add a country' : name}
      method="PUT"
      path={`/api/admin/settings/countries/${code}`}
      bodyOf={bodyOf}
      action={isNew ? 'Add it' : 'Save'}
      busyText="Saving…"
      onDone={() => onSaved(name)}
    >
      {isNew ? (
        <SelectField
          id="country"
          label="Country"
          options={addable}
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        />
      ) : (
        <TextField id="name" label="Name" defaultValue={known.name} error={problems.name} maxLength={60} />
      )}
      <RateFields known={known} currency={currency} problems={problems} />
      {country !== null && !isNew && <RemoveButton remove={() => onRemove(country)} />}
    </ActionDialog>
  );
}

function RemoveButton({ remove }: { remove(): void }) {
  return (
    <button
      type="button"
      onClick={remove}
      className="min-h-11 justify-self-start text-danger underline underline-offset-4"
    >
      Remove this country…
    </button>
  );
}

function RateFields({
  known,
  currency,
  problems,
}: {
  known: CountryRates;
  currency: string;
  problems: Problems;
}) {
  const unit = currency.toUpperCase();
  return (
    <>
      <div className={`${fieldRow} sm:grid-cols-2`}>
        <TextField
          id="shippingAmount"
          label={`Shipping (${unit})`}
          inputMode="decimal"
          defaultValue={typedAmount(known.shippingAmount, currency)}
          error={problems.shippingAmount}
        />
        <TextField
          id="freeShippingFrom"
          label={`Free from (${unit})`}
          hint="Empty: never."
          inputMode="decimal"
          defaultValue={typedAmount(known.freeShippingFrom, currency)}
          error={problems.freeShippingFrom}
        />
      </div>
      <div className={`${fieldRow} sm:grid-cols-2`}>
        <TextField
          id="taxRate"
          label="Tax (%)"
          inputMode="decimal"
          defaultValue={typedPercent(known.taxBasisPoints)}
          error={problems.taxRate}
        />
        <TextField
          id="taxName"
          label="Called"
          maxLength={40}
          defaultValue={known.taxName}
          error={problems.taxName}
        />
      </div>
      <label className="flex min-h-11 items-center gap-2">
        <input
          type="checkbox"
          name="taxOnShipping"
          defaultChecked={known.taxOnShipping}
          className="size-5 accent-accent"
        />
        Shipping is taxed too
      </label>
      <p className="text-muted">
        Orders that are placed keep their prices. Check every rate with somebody who knows.
      </p>
    </>
  );
}

function addableCountries(served: readonly ServedCountry[]): { code: string; name: string }[] {
  const known = new Set(served.map(({ code }) => code));
  return countryCodes
    .filter((code) => !known.has(code))
    .map((code) => ({ code, name: countryName(code) }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}
