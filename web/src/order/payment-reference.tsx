import type { PaymentStatus } from '@paydesk/contract/payments';
import ArrowUpRight from 'lucide-react/icons/arrow-up-right';
import { CopyButton } from '../parts/copy-button.tsx';

export const paymentStatusText: Record<PaymentStatus, string> = {
  creating: 'Being prepared',
  open: 'Waiting for payment',
  awaiting_transfer: 'Waiting for your transfer',
  requires_action: 'Waiting for your bank',
  processing: 'Being processed',
  succeeded: 'Succeeded',
  failed: 'Failed',
  canceled: 'Cancelled',
  unknown: 'Being checked',
  partially_refunded: 'Partly refunded',
  refunded: 'Refunded',
  disputed: 'Your bank asks about it',
};

/** Stripe's id of a payment for everybody; the link to Stripe only where the shop gave one, on the sandbox. */
export function PaymentReference({
  reference,
  dashboardUrl,
}: {
  reference: string;
  dashboardUrl: string | null;
}) {
  return (
    <div>
      <dt className="text-muted text-sm">Payment reference</dt>
      <dd className="flex items-center gap-1">
        <span className="break-all font-mono text-[13px]">{reference}</span>
        <CopyButton text={reference} label="Copy the payment reference" />
      </dd>
      {dashboardUrl && (
        <dd className="print-hidden mt-1">
          <a
            href={dashboardUrl}
            target="_blank"
            rel="noopener"
            className="inline-flex min-h-9 items-center gap-1 text-accent text-sm underline underline-offset-4"
          >
            Open payment in Stripe
            <ArrowUpRight aria-hidden="true" size={16} />
            <span className="sr-only">(new tab)</span>
          </a>
          <span className="ml-2 rounded-full bg-strip px-2 py-0.5 text-on-strip text-xs">Sandbox only</span>
        </dd>
      )}
    </div>
  );
}
