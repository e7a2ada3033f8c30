import type { ShopSettings } from '@paydesk/contract/admin/settings';
import { countryName } from '@paydesk/contract/countries';
import { Card, Facts } from '../../admin/parts/card.tsx';
import { FixedSetting, SettingsForm } from '../../admin/settings/settings-form.tsx';
import { SettingsPage } from '../../admin/settings/settings-page.tsx';
import { TextArea } from '../../admin/settings/text-area.tsx';
import { load } from '../../api/load.ts';
import { TextField } from '../../parts/field.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/settings.ts';

export async function loader({ context }: Route.LoaderArgs): Promise<ShopSettings> {
  return await load<ShopSettings>(context, '/api/admin/settings');
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Settings') }];
}

export default function ShopSettingsPage({ loaderData: { shop, fixed } }: Route.ComponentProps) {
  return (
    <SettingsPage>
      <div className="grid gap-4 lg:grid-cols-3">
        <div className="lg:col-span-2">
          <ShopForm shop={shop} />
        </div>
        <Card title="Set where the server runs" className="self-start">
          <Facts
            facts={[
              ['Address', fixed.url],
              ['Currency', fixed.currency.toUpperCase()],
              ['Home country', countryName(fixed.country)],
              ['Payments', fixed.sandbox ? 'Sandbox, no real money' : 'Live'],
            ]}
          />
          <p className="mt-3 text-muted">
            Prices, keys and links hang on these, so they are changed in the server’s environment.
          </p>
        </Card>
      </div>
    </SettingsPage>
  );
}

function ShopForm({ shop }: { shop: ShopSettings['shop'] }) {
  const { name, seller, operatorEmail } = shop;
  return (
    <SettingsForm
      title="The shop"
      path="/api/admin/settings/shop"
      version={shop.version}
      read={(form) => readShop(form, shop)}
    >
      {(problemOf) => (
        <>
          {name.setBy === null ? (
            <TextField
              id="shopName"
              label="Name"
              hint="On every page, in mails and on invoices."
              defaultValue={name.value}
              error={problemOf('/name')}
              maxLength={60}
              autoComplete="off"
            />
          ) : (
            <FixedSetting label="Name" value={name.value} setBy={name.setBy} />
          )}
          {seller.setBy === null ? (
            <TextArea
              id="seller"
              label="Seller"
              hint="For invoices: name, address and tax number, up to 8 lines."
              defaultValue={seller.value.join('\n')}
              error={problemOf('/seller')}
              rows={5}
            />
          ) : (
            <FixedSetting label="Seller" value={seller.value.join('\n')} setBy={seller.setBy} />
          )}
          {operatorEmail.setBy === null ? (
            <TextField
              id="operatorEmail"
              label="Operators’ e-mail address"
              hint="Is told of disputes. Empty: nobody is."
              type="email"
              defaultValue={operatorEmail.value ?? ''}
              error={problemOf('/operatorEmail')}
              maxLength={254}
            />
          ) : (
            <FixedSetting
              label="Operators’ e-mail address"
              value={operatorEmail.value ?? 'nobody'}
              setBy={operatorEmail.setBy}
            />
          )}
        </>
      )}
    </SettingsForm>
  );
}

/** Only what was changed, so that a default stays a default. */
function readShop(form: FormData, shop: ShopSettings['shop']) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const name = text('shopName');
  const lines = text('seller')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const email = text('operatorEmail') === '' ? null : text('operatorEmail');
  const changed = {
    name: form.has('shopName') && name !== shop.name.value,
    seller: form.has('seller') && lines.join('\n') !== shop.seller.value.join('\n'),
    operatorEmail: form.has('operatorEmail') && email !== shop.operatorEmail.value,
  };
  const problems = {
    ...(changed.name && name === '' && { '/name': 'Enter a name.' }),
    ...(changed.seller && lines.length === 0 && { '/seller': 'Enter at least the seller’s name.' }),
    ...(lines.length > 8 && { '/seller': 'These are more than 8 lines.' }),
    ...(lines.some((line) => line.length > 100) && { '/seller': 'A line has up to 100 characters.' }),
    ...(changed.operatorEmail &&
      email !== null &&
      !/^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$/.test(email) && {
        '/operatorEmail': 'Enter an address such as desk@shop.example.',
      }),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return {
    body: {
      ...(changed.name && { name }),
      ...(changed.seller && { seller: lines }),
      ...(changed.operatorEmail && { operatorEmail: email }),
    },
  };
}
