import type { AdminDiscount, DiscountReply } from '@paydesk/contract/admin/discounts';
import { type Currency, formatMoney } from '@paydesk/contract/money';
import { useState } from 'react';
import { DiscountPill } from '../../admin/discounts/discount-pill.tsx';
import { limitsIn, usesText, valueText } from '../../admin/discounts/discount-text.ts';
import { LimitFields } from '../../admin/discounts/limit-fields.tsx';
import { useMay } from '../../admin/operator.ts';
import { ActionDialog } from '../../admin/parts/action-dialog.tsx';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Ago } from '../../admin/parts/ago.tsx';
import { Card, Facts } from '../../admin/parts/card.tsx';
import { ChangesCard } from '../../admin/products/changes-card.tsx';
import { load } from '../../api/load.ts';
import { Button } from '../../parts/button.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/discount.ts';

export async function loader({ context, params }: Route.LoaderArgs): Promise<DiscountReply> {
  return await load<DiscountReply>(context, `/api/admin/discounts/${encodeURIComponent(params.code)}`);
}

export function meta({ params, matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, params.code) }];
}

export default function DiscountPage({ loaderData: { discount, changes } }: Route.ComponentProps) {
  const [doing, setDoing] = useState<'change' | 'end' | null>(null);
  const mayManage = useMay('manager');
  const close = () => setDoing(null);
  return (
    <AdminPage
      back={{ to: '/admin/discounts', label: 'Discounts' }}
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="break-all font-mono">{discount.code}</span> <DiscountPill state={discount.state} />
        </span>
      }
      actions={
        mayManage && (
          <>
            {discount.state !== 'ended' && (
              <Button
                variant="secondary"
                size="small"
                className="max-lg:min-h-11"
                onClick={() => setDoing('end')}
              >
                End now
              </Button>
            )}
            <Button size="small" className="max-lg:min-h-11" onClick={() => setDoing('change')}>
              Change
            </Button>
          </>
        )
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="lg:col-span-2">
          <CodeCard discount={discount} />
        </div>
        <ChangesCard changes={changes} currency={discount.currency} />
      </div>
      <ChangeDialog discount={discount} open={doing === 'change'} onClose={close} />
      <EndDialog discount={discount} open={doing === 'end'} onClose={close} />
    </AdminPage>
  );
}

function CodeCard({ discount }: { discount: AdminDiscount }) {
  const { minimumSpend, startsAt, endsAt, maxUsesPerEmail, note } = discount;
  const currency = discount.currency as Currency;
  return (
    <Card title="What it does">
      <Facts
        facts={[
          ['Takes off', valueText(discount)],
          ['Minimum spend', minimumSpend === 0 ? 'none' : formatMoney({ amount: minimumSpend, currency })],
          ['Starts', startsAt === null ? 'open' : <Ago key="starts" at={startsAt} />],
          ['Ends', endsAt === null ? 'open' : <Ago key="ends" at={endsAt} />],
          ['Used', usesText(discount)],
          ['Per customer', maxUsesPerEmail === null ? 'no limit' : maxUsesPerEmail],
          ['Note', note === '' ? null : note],
        ]}
      />
    </Card>
  );
}

type DialogProps = { discount: AdminDiscount; open: boolean; onClose(): void };

function ChangeDialog({ discount, open, onClose }: DialogProps) {
  const { code, currency, version } = discount;
  return (
    <ActionDialog
      open={open}
      onClose={onClose}
      title={`Change ${code}`}
      path={`/api/admin/discounts/${code}`}
      action="Save"
      bodyOf={(form) => {
        const limits = limitsIn(form, currency);
        return typeof limits === 'string' ? limits : { version, ...limits };
      }}
    >
      <p>It takes off {valueText(discount)}, which stays. Make another code for another value.</p>
      <LimitFields discount={discount} currency={currency} />
    </ActionDialog>
  );
}

function EndDialog({ discount: { code, version }, open, onClose }: DialogProps) {
  return (
    <ActionDialog
      open={open}
      onClose={onClose}
      title={`End ${code} now`}
      path={`/api/admin/discounts/${code}/end`}
      action="End it"
      danger
      bodyOf={() => ({ version })}
    >
      <p>From now on nobody can use it. Orders that have it keep their price.</p>
    </ActionDialog>
  );
}
