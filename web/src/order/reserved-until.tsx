import type { Order } from '@paydesk/contract/orders';
import { LocalTime } from '../parts/local-time.tsx';

/** Milliseconds; a hold that lasts longer than this needs its day named. */
const withinTheDay = 12 * 3_600_000;

/** Until when the shop keeps the items of an unpaid order: a time, and with its day where the hold is long. */
export function ReservedUntil({ expiresAt, placedAt }: { expiresAt: string; placedAt: Order['placedAt'] }) {
  const isLong = Date.parse(expiresAt) - Date.parse(placedAt) > withinTheDay;
  return <LocalTime at={expiresAt} as={isLong ? 'moment' : 'time'} />;
}
