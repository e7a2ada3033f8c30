/** What is true of every dispute: its evidence, and where it stands. */
import type { Dispute } from '../objects.ts';
import { ApiError } from '../wire/errors.ts';

export const TEXT_EVIDENCE = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_tracking_number',
  'uncategorized_text',
] as const;
/** They hold files, and the sandbox has no Files API. */
export const FILE_EVIDENCE = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
] as const;

/** @throws ApiError 400 (recorded) */
export function checkOpen(dispute: Dispute): void {
  if (!['won', 'lost', 'warning_closed'].includes(dispute.status)) return;
  throw new ApiError(
    400,
    { type: 'invalid_request_error', message: 'This dispute is already closed' },
    { remembered: true },
  );
}

export function awaitsResponse(dispute: Dispute): boolean {
  return dispute.status === 'needs_response' || dispute.status === 'warning_needs_response';
}

export function noEvidence(): Dispute['evidence'] {
  const fields = [...TEXT_EVIDENCE, ...FILE_EVIDENCE].map((name) => [name, null]);
  return { ...Object.fromEntries(fields), enhanced_evidence: {} } as Dispute['evidence'];
}

/** The properties that changed, as they were. */
export function previousOf(before: Dispute, after: Dispute): Record<string, unknown> {
  const names = Object.keys(before) as (keyof Dispute)[];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, before[name]]));
}
