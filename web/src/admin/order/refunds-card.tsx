import type { Refund, RefundStatus } from '@paydesk/contract/refunds';
import { Button } from '../../parts/button.tsx';
import { Ago } from '../parts/ago.tsx';
import { Amount } from '../parts/amount.tsx';
import { Card, Facts } from '../parts/card.tsx';
import { CopyId } from '../parts/copy-id.tsx';
import { Pill, type Tone } from '../parts/pill.tsx';
import { useDesk } from './desk-context.ts';

const shown: Record<RefundStatus, { tone: Tone; word: string }> = {
  requested: { tone: 'info', word: 'Asked for' },
  unknown: { tone: 'warning', word: 'Outcome not known' },
  pending: { tone: 'info', word: 'On its way' },
  succeeded: { tone: 'success', word: 'Refunded' },
  failed: { tone: 'danger', word: 'Failed' },
  canceled: { tone: 'neutral', word: 'Called off' },
};

/** What goes back or went back, the newest first; nothing where there is none. */
export function RefundsCard() {
  const { order } = useDesk().desk;
  if (order.refunds.length === 0) return null;
  return (
    <Card title="Refunds">
      <ol className="divide-y divide-border">
        {order.refunds.toReversed().map((refund) => (
          <li key={refund.id} className="py-3 first:pt-0 last:pb-0">
            <OneRefund refund={refund} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

function OneRefund({ refund }: { refund: Refund }) {
  const { desk, mayManage, ask } = useDesk();
  const facts = desk.refunds.find(({ id }) => id === refund.id)!;
  const byHand = desk.payments.find(({ id }) => id === refund.paymentId)?.byHand ?? false;
  const { tone, word } = shown[refund.status];
  const isOpen = refund.status === 'requested' || refund.status === 'pending';
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Pill tone={tone}>{byHand && isOpen ? 'To be sent by you' : word}</Pill>
        <span className="text-muted">
          {facts.requestedBy}, <Ago at={refund.createdAt} />
        </span>
        <Amount money={{ ...refund.amount, amount: -refund.amount.amount }} className="ml-auto font-medium" />
      </p>
      <p className="mt-1 wrap-anywhere">{refund.reason}</p>
      <div className="mt-1.5">
        <Facts
          facts={[
            ['Of', facts.appliesTo === 'unapplied' ? 'money that belongs to no order' : null],
            ['Failed with', facts.failureCode],
            ['Reference', refund.reference && <CopyId id={refund.reference} label="the refund" />],
          ]}
        />
      </div>
      {byHand && mayManage && (isOpen || refund.status === 'succeeded') && (
        <p className="mt-2 flex flex-wrap gap-2">
          {isOpen && (
            <Button
              size="small"
              className="max-lg:min-h-11"
              onClick={() => ask({ about: 'settle', refundId: refund.id, way: 'complete' })}
            >
              I have sent it
            </Button>
          )}
          <Button
            size="small"
            variant="secondary"
            className="max-lg:min-h-11"
            onClick={() => ask({ about: 'settle', refundId: refund.id, way: 'fail' })}
          >
            It came back
          </Button>
        </p>
      )}
    </>
  );
}
