import type { ShopSettings } from '@paydesk/contract/admin/settings';
import { type PaymentFlow, paymentFlows } from '@paydesk/contract/payments';
import { readPayments } from '../../admin/settings/read-payments.ts';
import { FixedSetting, SettingsForm } from '../../admin/settings/settings-form.tsx';
import { SettingsPage } from '../../admin/settings/settings-page.tsx';
import { load } from '../../api/load.ts';
import { ErrorText, fieldRow, TextField } from '../../parts/field.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/settings-payments.ts';

type Payments = ShopSettings['payments'];
type ProblemOf = (path: string) => string | undefined;

export async function loader({ context }: Route.LoaderArgs): Promise<ShopSettings> {
  return await load<ShopSettings>(context, '/api/admin/settings');
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Payments') }];
}

export default function PaymentsPage({ loaderData: { payments } }: Route.ComponentProps) {
  return (
    <SettingsPage lead="What was begun before a change goes on as it was begun: nobody who is paying is turned away.">
      <SettingsForm
        title="How customers pay"
        path="/api/admin/settings/payments"
        version={payments.version}
        read={(form) => readPayments(form, payments)}
      >
        {(problemOf) => (
          <>
            <Flows offered={payments.flows.value} problem={problemOf('/flows')} />
            <Account payments={payments} problemOf={problemOf} />
            <Holds payments={payments} problemOf={problemOf} />
          </>
        )}
      </SettingsForm>
    </SettingsPage>
  );
}

const flowTexts: Record<PaymentFlow, { label: string; hint: string }> = {
  elements: { label: 'Card form on our page', hint: 'Stripe’s fields in our checkout.' },
  hosted: { label: 'Stripe’s own page', hint: 'The customer pays there and comes back.' },
  transfer: {
    label: 'Bank transfer',
    hint: 'The customer is told the account below; you record what comes.',
  },
};

function Flows({ offered, problem }: { offered: readonly PaymentFlow[]; problem: string | undefined }) {
  return (
    <fieldset aria-describedby={problem ? 'flows-error' : undefined}>
      <legend className="font-medium">Ways to pay</legend>
      {problem && <ErrorText id="flows-error">{problem}</ErrorText>}
      <div className="mt-1 grid gap-1">
        {paymentFlows.map((flow) => (
          <label key={flow} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              name="flow"
              value={flow}
              defaultChecked={offered.includes(flow)}
              aria-invalid={problem !== undefined}
              className="size-5 shrink-0 accent-accent"
            />
            <span>
              {flowTexts[flow].label}
              <span className="block text-muted">{flowTexts[flow].hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Account({ payments: { account }, problemOf }: { payments: Payments; problemOf: ProblemOf }) {
  const { value, setBy } = account;
  if (setBy !== null)
    return (
      <FixedSetting
        label="Account for transfers"
        value={value ? `${value.accountHolder}\n${value.iban}` : 'none'}
        setBy={setBy}
      />
    );
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-3 font-medium">Account for transfers</legend>
      <TextField
        id="accountHolder"
        label="Account holder"
        defaultValue={value?.accountHolder}
        error={problemOf('/account/accountHolder')}
        maxLength={70}
        autoComplete="off"
      />
      <TextField
        id="iban"
        label="IBAN or account number"
        hint="Customers who were told another one keep it. Empty: no transfers."
        defaultValue={value?.iban}
        error={problemOf('/account/iban')}
        maxLength={70}
        autoComplete="off"
        spellCheck={false}
      />
      <div className={`${fieldRow} sm:grid-cols-2`}>
        <TextField
          id="bic"
          label="BIC (optional)"
          defaultValue={value?.bic ?? ''}
          error={problemOf('/account/bic')}
          maxLength={70}
          autoComplete="off"
        />
        <TextField
          id="bankName"
          label="Bank (optional)"
          defaultValue={value?.bankName ?? ''}
          error={problemOf('/account/bankName')}
          maxLength={70}
          autoComplete="off"
        />
      </div>
    </fieldset>
  );
}

function Holds({ payments, problemOf }: { payments: Payments; problemOf: ProblemOf }) {
  const { holdMinutes, longHoldDays } = payments;
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-3 font-medium">How long stock is kept for an unpaid order</legend>
      {holdMinutes.setBy === null ? (
        <TextField
          id="holdMinutes"
          label="Minutes"
          hint="Starting a payment prolongs it to at least 32."
          inputMode="numeric"
          defaultValue={holdMinutes.value}
          error={problemOf('/holdMinutes')}
        />
      ) : (
        <FixedSetting label="Minutes" value={holdMinutes.value} setBy={holdMinutes.setBy} />
      )}
      {longHoldDays.setBy === null ? (
        <TextField
          id="longHoldDays"
          label="Days, when it is paid in part or by transfer"
          inputMode="numeric"
          defaultValue={longHoldDays.value}
          error={problemOf('/longHoldDays')}
        />
      ) : (
        <FixedSetting
          label="Days, when it is paid in part or by transfer"
          value={longHoldDays.value}
          setBy={longHoldDays.setBy}
        />
      )}
    </fieldset>
  );
}
