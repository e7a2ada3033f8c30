import { formatMoney } from '@paydesk/contract/money';
import type { TransferInstructions as Instructions, Payment } from '@paydesk/contract/payments';
import type { ReactNode } from 'react';
import { CopyButton } from '../parts/copy-button.tsx';
import { LocalTime } from '../parts/local-time.tsx';
import { inGroupsOfFour, isIban, plainAmount } from './transfer-format.ts';

/** Everything somebody types into their bank's form, each with a button that copies it as banks want it. */
export function TransferInstructions({ payment }: { payment: Payment }) {
  const { instructions } = payment;
  if (!instructions) return null;
  return (
    <section
      aria-labelledby="transfer"
      className="keep-together mt-8 max-w-2xl rounded-card border border-border bg-surface p-5 sm:p-6"
    >
      <h2 id="transfer" className="mb-2 font-semibold text-xl">
        Where to send the money
      </h2>
      <AccountFacts payment={payment} instructions={instructions} />
      <p className="mt-4 text-muted text-sm">
        Copy the reference exactly: it is how we find your order when the money arrives.
      </p>
    </section>
  );
}

function AccountFacts({ payment, instructions }: { payment: Payment; instructions: Instructions }) {
  const { accountHolder, iban, bic, bankName, reference, payUntil } = instructions;
  return (
    <dl className="divide-y divide-border">
      <Row term="Amount" copied={plainAmount(payment.amount)}>
        <span className="font-semibold">{formatMoney(payment.amount)}</span>
      </Row>
      <Row term="Account holder" copied={accountHolder}>
        {accountHolder}
      </Row>
      <Row term={isIban(iban) ? 'IBAN' : 'Account number'} copied={iban.replaceAll(' ', '')}>
        <span className="font-mono text-[15px]">{inGroupsOfFour(iban)}</span>
      </Row>
      {bic && (
        <Row term="BIC" copied={bic}>
          <span className="font-mono">{bic}</span>
        </Row>
      )}
      {bankName && <Row term="Bank">{bankName}</Row>}
      <Row term="Reference" copied={reference}>
        <span className="font-mono font-semibold">{reference}</span>
      </Row>
      <Row term="Pay until">
        <LocalTime at={payUntil} as="moment" />
      </Row>
    </dl>
  );
}

function Row({ term, copied, children }: { term: string; copied?: string; children: ReactNode }) {
  return (
    <div className="grid min-h-12 items-center gap-x-4 py-1.5 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <dt className="text-muted text-sm">{term}</dt>
      <dd className="flex items-center justify-between gap-2 wrap-anywhere tabular-nums">
        <span className="min-w-0">{children}</span>
        {copied !== undefined && <CopyButton text={copied} label={`Copy: ${term.toLowerCase()}`} />}
      </dd>
    </div>
  );
}
