import type { Fulfilment } from '@paydesk/contract/fulfilments';
import ArrowUpRight from 'lucide-react/icons/arrow-up-right';
import { CopyButton } from '../parts/copy-button.tsx';
import { LocalTime } from '../parts/local-time.tsx';

/** How a parcel can be followed: here, and on the carrier's own page. */
export function Parcel({ parcel }: { parcel: Fulfilment }) {
  const { carrier, trackingNumber, trackingUrl, shippedAt } = parcel;
  return (
    <dl className="mb-4 space-y-2 border-border border-b pb-4">
      <div className="flex flex-wrap justify-between gap-x-4">
        <dt className="text-muted">Sent</dt>
        <dd>
          <LocalTime at={shippedAt} as="date" />
        </dd>
      </div>
      {carrier && (
        <div className="flex flex-wrap justify-between gap-x-4">
          <dt className="text-muted">Carrier</dt>
          <dd className="wrap-anywhere">{carrier}</dd>
        </div>
      )}
      {trackingNumber && (
        <div>
          <dt className="text-muted text-sm">Tracking number</dt>
          <dd className="flex items-center gap-1">
            <span className="break-all font-mono text-[13px]">{trackingNumber}</span>
            <CopyButton text={trackingNumber} label="Copy the tracking number" />
          </dd>
        </div>
      )}
      {trackingUrl && (
        <div>
          <dt className="sr-only">Follow the parcel</dt>
          <dd>
            <TrackingLink url={trackingUrl} carrier={carrier} />
          </dd>
        </div>
      )}
    </dl>
  );
}

function TrackingLink({ url, carrier }: { url: string; carrier: string | null }) {
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      className="print-hidden inline-flex min-h-11 items-center gap-1 text-accent underline underline-offset-4"
    >
      Follow the parcel{carrier && ` at ${carrier}`}
      <ArrowUpRight aria-hidden="true" size={16} />
      <span className="sr-only">(new tab)</span>
    </a>
  );
}
