import type { BreakRow } from '../db/books.ts';
import { closeBreak } from '../db/breaks.ts';
import { AppError } from './errors.ts';
import type { App } from './ports.ts';

/**
 * A person has seen to a difference and says how. One that is closed already stays as it was closed.
 *
 * @throws AppError break_not_found
 */
export async function closeBreakByHand(
  app: App,
  id: string,
  { by, resolution }: { by: string; resolution: string },
): Promise<BreakRow> {
  const at = app.clock.now();
  const closed = await app.database.transaction((tx) => closeBreak(tx, id, { at, by, resolution }));
  if (!closed) throw new AppError('break_not_found');
  app.log.info({ breakId: id, kind: closed.kind, orderId: closed.order_id, by }, 'a break was closed');
  return closed;
}
