import type { AdminOrder } from '@paydesk/contract/admin';
import type { Approval } from '@paydesk/contract/admin/approvals';
import { formatMoney } from '@paydesk/contract/money';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { isOpenDispute } from '../../order/dispute-text.ts';
import { Button } from '../../parts/button.tsx';
import { LocalTime } from '../../parts/local-time.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Ago } from '../parts/ago.tsx';
import { sentence } from '../parts/sentence.ts';
import { useDesk } from './desk-context.ts';

/** What somebody has to see to, before anything else on the page. */
export function DeskNotices({ approvals }: { approvals: readonly Approval[] }) {
  const { order, breaks } = useDesk().desk;
  const waiting = approvals.filter(({ state }) => state === 'waiting');
  const open = breaks.filter(({ closedAt }) => closedAt === null);
  return (
    <div className="mb-4 grid gap-3 empty:hidden">
      {order.disputes.filter(isOpenDispute).map((dispute) => (
        <Notice key={dispute.id} tone="danger">
          A bank disputes {formatMoney(dispute.amount)}: {dispute.reason.replaceAll('_', ' ')}.{' '}
          <Said>
            {dispute.evidenceDueAt ? (
              <>
                Answer in Stripe’s dashboard by <LocalTime at={dispute.evidenceDueAt} as="moment" />; without
                an answer the money is lost. It cannot be refunded meanwhile.
              </>
            ) : (
              'The bank decides; nothing is asked of you now.'
            )}
          </Said>
        </Notice>
      ))}
      {open.map((each) => (
        <OpenBreak key={each.id} of={each} />
      ))}
      {waiting.map((approval) => (
        <Notice key={approval.id} tone="info">
          A refund of {formatMoney(approval.amount as Parameters<typeof formatMoney>[0])} waits for somebody
          else to agree.{' '}
          <Said>
            {approval.askedBy} asked for it <Ago at={approval.askedAt} />: “{approval.reason}”{' '}
            <Link to="/admin/approvals" className="inline-block underline underline-offset-4">
              Approvals
            </Link>
          </Said>
        </Notice>
      ))}
      <StateNotice order={order} />
    </div>
  );
}

function OpenBreak({ of }: { of: AdminOrder['breaks'][number] }) {
  const { mayManage, ask } = useDesk();
  return (
    <Notice tone="danger">
      {breakTitle(of.kind)}{' '}
      <Said>
        {sentence(of.detail)} <span className="break-all font-mono text-xs">{of.object}</span> ·{' '}
        <Ago at={of.openedAt} />
      </Said>
      {mayManage && (
        <Button
          size="small"
          variant="secondary"
          className="mt-2 max-lg:min-h-11"
          onClick={() => ask({ about: 'close', break: of })}
        >
          Close the break
        </Button>
      )}
    </Notice>
  );
}

/** A kind such as paid_twice, as a sentence. */
export function breakTitle(kind: string): string {
  const words = kind.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** What a state means where its pill does not say enough. */
function StateNotice({ order }: Pick<AdminOrder, 'order'>) {
  switch (order.status) {
    case 'review':
      return (
        <Notice tone="warning">
          What arrived does not fit this order.{' '}
          <Said>
            Look at the payments and the break. Refund what came, or cancel the order, which gives back all of
            it.
          </Said>
        </Notice>
      );
    case 'partially_paid':
      return (
        <Notice tone="info">
          {formatMoney(order.received)} of {formatMoney(order.total)} has arrived.{' '}
          <Said>
            {formatMoney(order.due)} is still due. It is refunded by cancelling, which gives back all that
            came.
          </Said>
        </Notice>
      );
    case 'processing':
      return (
        <Notice tone="info">
          The payment is on its way.{' '}
          <Said>With some banks that takes days. Send nothing before it is paid.</Said>
        </Notice>
      );
    default:
      return null;
  }
}

function Said({ children }: { children: ReactNode }) {
  return <span className="block font-normal">{children}</span>;
}
