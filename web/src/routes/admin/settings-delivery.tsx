import type { ServedCountry, ShopSettings } from '@paydesk/contract/admin/settings';
import { formatMoney } from '@paydesk/contract/money';
import { useState } from 'react';
import { useMay } from '../../admin/operator.ts';
import { ActionDialog } from '../../admin/parts/action-dialog.tsx';
import { type Column, DataTable } from '../../admin/parts/data-table.tsx';
import { CountryDialog } from '../../admin/settings/country-dialog.tsx';
import { typedPercent } from '../../admin/settings/rates.ts';
import { SettingsPage } from '../../admin/settings/settings-page.tsx';
import { load } from '../../api/load.ts';
import { Button } from '../../parts/button.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/settings-delivery.ts';

export async function loader({ context }: Route.LoaderArgs): Promise<ShopSettings> {
  return await load<ShopSettings>(context, '/api/admin/settings');
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Delivery and tax') }];
}

export default function DeliveryPage({ loaderData: { delivery, fixed } }: Route.ComponentProps) {
  const owns = useMay('owner');
  const [changes, setChanges] = useState<ServedCountry | 'new' | null>(null);
  const [removes, setRemoves] = useState<ServedCountry | null>(null);
  const [said, setSaid] = useState('');
  const { countries, version } = delivery;
  return (
    <SettingsPage
      lead={`Where the shop delivers to, what that costs, and which tax is added. Amounts are in ${fixed.currency.toUpperCase()}.`}
      actions={
        owns && (
          <Button size="small" className="max-lg:min-h-11" onClick={() => setChanges('new')}>
            Add a country
          </Button>
        )
      }
    >
      <p role="status" className={said ? 'mb-3 text-success' : 'sr-only'}>
        {said}
      </p>
      <DataTable
        label="Countries"
        rows={countries}
        keyOf={({ code }) => code}
        columns={columnsOf(fixed.currency, owns ? setChanges : null)}
      />
      <CountryDialog
        // Each country has fields of its own.
        key={changes === null ? 'closed' : changes === 'new' ? 'new' : changes.code}
        country={changes}
        served={countries}
        version={version}
        currency={fixed.currency}
        onClose={() => setChanges(null)}
        onSaved={(name) => setSaid(`Saved: ${name}.`)}
        onRemove={(country) => {
          setChanges(null);
          setRemoves(country);
        }}
      />
      <ActionDialog
        open={removes !== null}
        onClose={() => setRemoves(null)}
        title={`Remove ${removes?.name ?? ''}`}
        method="DELETE"
        path={`/api/admin/settings/countries/${removes?.code}?version=${version}`}
        action="Remove it"
        danger
        onDone={() => setSaid(`Removed: ${removes?.name}.`)}
      >
        <p>
          Nobody can order to {removes?.name} any more. Orders that are placed are delivered as they were
          ordered.
        </p>
      </ActionDialog>
    </SettingsPage>
  );
}

function columnsOf(
  currency: string,
  change: ((country: ServedCountry) => void) | null,
): Column<ServedCountry>[] {
  const money = (amount: number) => formatMoney({ amount, currency });
  const columns: Column<ServedCountry>[] = [
    { label: 'Country', cell: ({ name }) => <span className="font-medium">{name}</span> },
    {
      label: 'Shipping',
      align: 'right',
      cell: ({ shippingAmount }) => (shippingAmount === 0 ? 'Free' : money(shippingAmount)),
    },
    {
      label: 'Free from',
      align: 'right',
      minor: true,
      cell: ({ freeShippingFrom }) => (freeShippingFrom === null ? 'Never' : money(freeShippingFrom)),
    },
    {
      label: 'Tax',
      align: 'right',
      cell: ({ taxBasisPoints, taxName }) => (
        <>
          <span className="whitespace-nowrap">{typedPercent(taxBasisPoints)} %</span>{' '}
          <span className="text-muted max-md:sr-only">{taxName}</span>
        </>
      ),
    },
    {
      label: 'On shipping',
      minor: true,
      cell: ({ taxOnShipping }) => (taxOnShipping ? 'Taxed' : 'Not taxed'),
    },
  ];
  return change === null ? columns : [...columns, actionColumn(change)];
}

function actionColumn(change: (country: ServedCountry) => void): Column<ServedCountry> {
  return {
    label: 'Change',
    align: 'right',
    cell: (country) => (
      <Button
        variant="secondary"
        size="small"
        className="max-lg:min-h-11"
        onClick={() => change(country)}
        aria-label={`Change ${country.name}`}
      >
        Change
      </Button>
    ),
  };
}
