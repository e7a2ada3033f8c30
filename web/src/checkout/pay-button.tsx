import { formatMoney } from '@paydesk/contract/money';
import type { PaymentFlow } from '@paydesk/contract/payments';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import { Button } from '../parts/button.tsx';
import type { Phase } from './use-payment.ts';

type PayButtonProps = {
  phase: Phase;
  flow: PaymentFlow;
  total: { amount: number; currency: string } | null;
  updating: boolean;
};

/** It stays pressable while fields are missing: pressing shows what is missing. While it is busy presses do nothing. */
export function PayButton({ phase, flow, total, updating }: PayButtonProps) {
  const busy = phase !== 'ready';
  return (
    <>
      <Button
        type="submit"
        size="large"
        className="mt-4 w-full tabular-nums"
        aria-disabled={busy || updating || !total}
      >
        {busy && <LoaderCircle aria-hidden="true" size={20} className="animate-spin" />}
        {label({ phase, flow, total, updating })}
      </Button>
      <p role="status" className="mt-3 text-center text-muted text-sm empty:mt-0">
        {phase === 'bank' && 'Your bank may ask you to confirm in its app.'}
        {phase === 'long' && 'Still working. Keep this page open.'}
      </p>
    </>
  );
}

function label({ phase, flow, total, updating }: PayButtonProps): string {
  if (phase === 'bank') return 'Waiting for your bank…';
  if (phase !== 'ready') return 'Processing…';
  if (updating || !total) return 'Updating total…';
  if (total.amount === 0) return 'Place order';
  return flow === 'hosted' ? `Continue to payment · ${formatMoney(total)}` : `Pay ${formatMoney(total)}`;
}
