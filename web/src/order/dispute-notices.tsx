import type { Dispute } from '@paydesk/contract/disputes';
import { LocalTime } from '../parts/local-time.tsx';
import { Notice } from '../parts/notice.tsx';
import { disputeText, isOpenDispute } from './dispute-text.ts';

/** What a bank is asking just now, where nobody can miss it. */
export function DisputeNotices({ disputes }: { disputes: readonly Dispute[] }) {
  return disputes.filter(isOpenDispute).map((dispute) => {
    const { title, text } = disputeText(dispute);
    return (
      <Notice key={dispute.id} tone="info" className="max-w-[68ch]">
        {title}
        <span className="mt-1 block font-normal">{text}</span>
      </Notice>
    );
  });
}

/** How a bank's questions ended. */
export function DisputeList({ disputes }: { disputes: readonly Dispute[] }) {
  return (
    <ul className="space-y-4">
      {disputes.map((dispute) => {
        const { title, text } = disputeText(dispute);
        return (
          <li key={dispute.id}>
            <p className="font-medium">{title}</p>
            <p className="mt-1">{text}</p>
            {dispute.closedAt && (
              <p className="mt-1 text-muted text-sm">
                <LocalTime at={dispute.closedAt} as="date" />
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
