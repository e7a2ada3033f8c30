import type { AdminOrder } from '@paydesk/contract/admin';
import type { Payment, PaymentStatus } from '@paydesk/contract/payments';
import ArrowUpRight from 'lucide-react/icons/arrow-up-right';
import { methodText } from '../../order/method-text.ts';
import { useShopConfig } from '../../shop-config.ts';
import { Ago } from '../parts/ago.tsx';
import { Amount } from '../parts/amount.tsx';
import { Card, Facts } from '../parts/card.tsx';
import { CopyId } from '../parts/copy-id.tsx';
import { Empty } from '../parts/empty.tsx';
import { Pill, type Tone } from '../parts/pill.tsx';
import { checksText } from './checks-text.ts';
import { useDesk } from './desk-context.ts';
import { flowText } from './flow-text.ts';

const shown: Record<PaymentStatus, { tone: Tone; word: string }> = {
  creating: { tone: 'neutral', word: 'Being prepared' },
  open: { tone: 'neutral', word: 'Waiting for payment' },
  awaiting_transfer: { tone: 'info', word: 'Waiting for the transfer' },
  requires_action: { tone: 'info', word: 'Waiting for the bank' },
  processing: { tone: 'info', word: 'Processing' },
  succeeded: { tone: 'success', word: 'Succeeded' },
  failed: { tone: 'danger', word: 'Failed' },
  canceled: { tone: 'neutral', word: 'Ended' },
  unknown: { tone: 'warning', word: 'Outcome not known' },
  partially_refunded: { tone: 'info', word: 'Partly refunded' },
  refunded: { tone: 'info', word: 'Refunded' },
  disputed: { tone: 'danger', word: 'Disputed' },
};

/** Every attempt, the newest first, with why it failed and what it brought. */
export function PaymentsCard() {
  const { order, payments } = useDesk().desk;
  return (
    <Card title="Payments">
      {order.payments.length === 0 && (
        <Empty title="Nobody has tried to pay yet">Each attempt appears here as it is made.</Empty>
      )}
      <ol className="divide-y divide-border">
        {order.payments.toReversed().map((payment) => (
          <li key={payment.id} className="py-3 first:pt-0 last:pb-0">
            <Attempt payment={payment} facts={payments.find(({ id }) => id === payment.id)!} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

type AttemptProps = { payment: Payment; facts: AdminOrder['payments'][number] };

function Attempt({ payment, facts }: AttemptProps) {
  const { tone, word } = shown[payment.status];
  const isFailed = payment.status === 'failed' && facts.decline !== null;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          {payment.attempt}. {methodText(payment) ?? flowText[payment.flow]}
        </span>
        <Pill tone={tone}>{word}</Pill>
        <span className="text-muted">
          <Ago at={payment.createdAt} />
        </span>
        <Amount
          money={payment.received.amount > 0 ? payment.received : payment.amount}
          className="ml-auto font-medium"
        />
      </p>
      {isFailed && (
        <p className="mt-1.5 border-danger border-l-2 pl-2">
          <code className="text-danger text-xs">{facts.decline!.code}</code> {facts.decline!.advice}
        </p>
      )}
      <div className="mt-2">
        <Facts facts={factsOf({ payment, facts })} />
      </div>
      {facts.dashboardUrl && <DashboardLink url={facts.dashboardUrl} />}
    </>
  );
}

function factsOf({ payment, facts }: AttemptProps) {
  const { refunded, received } = payment;
  const isPart = received.amount > 0 && received.amount !== payment.amount.amount;
  return [
    ['Asked for', isPart ? <Amount key="asked" money={payment.amount} /> : null],
    [
      'Belongs to no order',
      facts.unapplied > 0 ? <Amount key="no" money={{ ...payment.amount, amount: facts.unapplied }} /> : null,
    ],
    ['Refunded', refunded.amount > 0 ? <Amount key="back" money={negative(refunded)} /> : null],
    ['Fees', facts.fees && <Amount key="fees" money={negative(facts.fees)} />],
    ['Net', facts.net && <Amount key="net" money={facts.net} />],
    ['Checks', facts.checks && checksText(facts.checks)],
    [
      'Session',
      facts.sessionReference && <CopyId key="cs" id={facts.sessionReference} label="the session" />,
    ],
    [
      'Payment',
      facts.paymentReference && <CopyId key="pi" id={facts.paymentReference} label="the payment" />,
    ],
    ['Charge', facts.chargeReference && <CopyId key="ch" id={facts.chargeReference} label="the charge" />],
  ] as const;
}

function negative<M extends { amount: number }>(money: M): M {
  return { ...money, amount: -money.amount };
}

function DashboardLink({ url }: { url: string }) {
  const { sandbox } = useShopConfig();
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener"
      className="mt-1 inline-flex min-h-11 items-center gap-1 text-accent underline underline-offset-4 lg:min-h-8"
    >
      Open payment in {sandbox ? 'the sandbox' : 'Stripe'}
      <ArrowUpRight aria-hidden="true" size={16} />
      <span className="sr-only">(new tab)</span>
    </a>
  );
}
