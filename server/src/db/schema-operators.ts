import type { OperatorRole } from '../domain/operator.ts';

/** Who runs the shop, what they did, and what waits for a second person. */
export type OperatorTables = {
  operator_invitations: {
    token_hash: string;
    email: string;
    role: OperatorRole;
    invited_by: string;
    created_at: number;
    expires_at: number;
    used_at: number | null;
  };
  operator_actions: {
    id: string;
    at: number;
    operator_id: string | null;
    operator: string;
    role: OperatorRole;
    /** The call, as `POST /api/admin/orders/:id/refunds`. */
    action: string;
    /** What the call named; empty where it named nothing. */
    object_id: string;
    order_id: string | null;
    reason: string | null;
    request_json: string;
  };
  operator_outcomes: { action_id: string; at: number; status: number; code: string | null };
  approvals: {
    id: string;
    order_id: string;
    amount: number;
    currency: string;
    /** What would be given back of the order in all, with this refund. */
    given: number;
    reason: string;
    request_json: string;
    asked_by_id: string | null;
    asked_by: string;
    asked_at: number;
    state: 'waiting' | 'approved' | 'rejected';
    decided_by: string | null;
    decided_at: number | null;
    decision: string | null;
  };
};
