import { insertAction, insertOutcome } from '../../db/operators.ts';
import type { Operator } from '../../domain/operator.ts';
import type { App } from '../ports.ts';

/** What an operator is about to do. `request` is what they sent; nothing of it is a secret. */
export type Action = {
  action: string;
  objectId: string;
  orderId: string | null;
  reason: string | null;
  request: unknown;
};

/** More of a request is not kept, in characters. */
const longestRequest = 4_000;

/** Writes down who does what and why, before it is done, so that nothing is done that is not in the log. Returns its id. */
export async function recordAction(app: App, operator: Operator, action: Action): Promise<string> {
  const id = app.ids.next('act');
  const request = JSON.stringify(action.request ?? null);
  await app.database.transaction((tx) =>
    insertAction(tx, {
      id,
      at: app.clock.now(),
      operator_id: operator.id,
      operator: operator.name,
      role: operator.role,
      action: action.action,
      object_id: action.objectId,
      order_id: action.orderId,
      reason: action.reason,
      request_json: request.length <= longestRequest ? request : JSON.stringify({ tooLong: request.length }),
    }),
  );
  return id;
}

/** What became of it. An action without an outcome was cut off, and may have been done or not. */
export async function recordOutcome(
  app: App,
  actionId: string,
  { status, code }: { status: number; code: string | null },
): Promise<void> {
  await app.database.transaction((tx) =>
    insertOutcome(tx, { action_id: actionId, at: app.clock.now(), status, code }),
  );
}
