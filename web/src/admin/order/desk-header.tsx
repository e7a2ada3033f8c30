import { formatMoney } from '@paydesk/contract/money';
import { isOpenDispute } from '../../order/dispute-text.ts';
import { Button } from '../../parts/button.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { useShopConfig } from '../../shop-config.ts';
import { ActionMenu } from '../parts/action-menu.tsx';
import { Ago } from '../parts/ago.tsx';
import { BackTo } from '../parts/back-to.tsx';
import { OrderPill } from '../parts/order-pill.tsx';
import { Pill } from '../parts/pill.tsx';
import { actionsFor, type DeskAction, isPaidLike } from './desk-actions.ts';
import { useDesk } from './desk-context.ts';

const labels: Record<DeskAction, string> = {
  fulfil: 'Mark as sent',
  refund: 'Refund',
  transfer: 'Record a bank transfer',
  check: 'Check with Stripe now',
  tracking: 'Correct the tracking',
  cancel: 'Cancel the order',
};

/** Which order it is, how it stands, and the one thing that its state asks for. */
export function DeskHeader() {
  const { order } = useDesk().desk;
  return (
    <header className="mb-5">
      <BackTo to="/admin/orders" label="Orders" />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 tabIndex={-1} className="flex items-center gap-1 font-semibold text-2xl">
          <span className="sr-only">Order </span>
          {order.number}
          <CopyButton text={order.number} label="Copy the order number" />
        </h1>
        <Pills />
        <p className="ml-auto font-semibold text-2xl tabular-nums max-sm:ml-0 max-sm:w-full">
          {formatMoney(order.total)}
        </p>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-3">
        <p className="mr-auto text-muted">
          {order.contact.firstName} {order.contact.lastName}, placed <Ago at={order.placedAt} />
          {order.expiresAt && order.payable && (
            <>
              , ends <Ago at={order.expiresAt} /> unless it is paid
            </>
          )}
        </p>
        <Actions />
      </div>
    </header>
  );
}

function Pills() {
  const { order, breaks } = useDesk().desk;
  const isSent = order.fulfilment === 'fulfilled';
  const open = breaks.filter(({ closedAt }) => closedAt === null).length;
  return (
    <div className="flex flex-wrap gap-1.5">
      <OrderPill status={order.status} />
      {isSent && <Pill tone="success">Sent</Pill>}
      {!isSent && isPaidLike(order.status) && order.status !== 'refunded' && (
        <Pill tone="warning">To be sent</Pill>
      )}
      {order.disputes.some(isOpenDispute) && <Pill tone="danger">Disputed</Pill>}
      {open > 0 && <Pill tone="danger">{open === 1 ? 'A break is open' : `${open} breaks are open`}</Pill>}
    </div>
  );
}

function Actions() {
  const { desk, mayManage, ask } = useDesk();
  const offersTransfer = useShopConfig().flows.includes('transfer');
  if (!mayManage) return <p className="text-muted">You may look, and change nothing.</p>;
  const { primary, others } = actionsFor(desk, { offersTransfer });
  return (
    <div className="relative flex flex-wrap items-center gap-2 max-sm:w-full">
      {primary && (
        <Button size="small" className="max-lg:min-h-11" onClick={() => ask({ about: primary })}>
          {labels[primary]}
        </Button>
      )}
      <ActionMenu
        label={primary ? 'More' : 'Actions'}
        items={others.map((action) => ({
          label: labels[action],
          danger: action === 'cancel',
          choose: () => ask({ about: action }),
        }))}
      />
    </div>
  );
}
