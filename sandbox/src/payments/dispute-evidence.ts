/** Evidence against a dispute (docs.stripe.com/api/disputes/update): staged, or submitted to the bank. */
import type { Dispute, DisputeOutcome } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { type MetadataChange, mergeMetadata } from '../wire/common-parameters.ts';
import { ApiError, invalidRequest } from '../wire/errors.ts';
import { boolean, emptyable, hash, text, unbuilt } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';
import { awaitsResponse, checkOpen, FILE_EVIDENCE, previousOf, TEXT_EVIDENCE } from './dispute-facts.ts';
import { decideLater } from './dispute-outcome.ts';

const LONGEST_TEXT = 20_000;
const LONGEST_EVIDENCE = 150_000;

export const evidenceParameter = hash({
  ...parameters(TEXT_EVIDENCE, () => emptyable(text(LONGEST_TEXT))),
  ...parameters(FILE_EVIDENCE, unbuilt),
  appeal: unbuilt(),
  enhanced_evidence: emptyable(
    hash({
      mastercard_compliance: unbuilt(),
      visa_compelling_evidence_3: unbuilt(),
      visa_compliance: hash({ fee_acknowledged: boolean() }),
    }),
  ),
});
type Evidence = ReturnType<(typeof evidenceParameter)['read']>;

export interface DisputeChange {
  evidence?: Evidence;
  metadata?: MetadataChange;
  intended_submission_method?: Dispute['intended_submission_method'];
  /** Whether the bank gets the evidence. */
  submit?: boolean;
}

/**
 * Stages or submits evidence. Stripe submits unless it is told not to; that a change of metadata alone submits nothing
 * is not verified.
 * @throws ApiError 400 when the dispute is closed, or was answered before
 */
export function respond(turn: Turn, dispute: Dispute, change: DisputeChange): void {
  checkOpen(dispute);
  const submits = change.submit ?? change.evidence !== undefined;
  if ((submits || change.evidence !== undefined) && !awaitsResponse(dispute)) throw answeredBefore(dispute);
  const evidence = mergeEvidence(dispute.evidence, change.evidence);
  const metadata = mergeMetadata(dispute.metadata, change.metadata);
  const before = structuredClone(dispute);
  dispute.evidence = evidence;
  dispute.evidence_details = detailsOf(dispute, evidence);
  dispute.metadata = metadata;
  dispute.intended_submission_method =
    change.intended_submission_method ?? dispute.intended_submission_method;
  if (submits) submit(dispute);
  save(turn, turn.world.store.disputes, dispute, 'updated');
  emit(turn, 'charge.dispute.updated', dispute, previousOf(before, dispute));
  if (submits) planDecision(turn, dispute);
}

function submit(dispute: Dispute): void {
  const isInquiry = dispute.status === 'warning_needs_response';
  dispute.status = isInquiry ? 'warning_under_review' : 'under_review';
  dispute.evidence_details.submission_count += 1;
  dispute.evidence_details.submission_method = 'manual';
}

/** The test texts of docs.stripe.com/testing; with any other the bank never decides (recorded). */
function planDecision(turn: Turn, dispute: Dispute): void {
  const isInquiry = dispute.status === 'warning_under_review';
  const outcomes: Record<string, DisputeOutcome> = isInquiry
    ? {
        winning_evidence: 'warning_closed',
        losing_evidence: 'warning_closed',
        escalate_inquiry_evidence: 'escalated',
      }
    : { winning_evidence: 'won', losing_evidence: 'lost' };
  const outcome = outcomes[dispute.evidence.uncategorized_text ?? ''];
  if (outcome !== undefined) decideLater(turn.world, dispute, outcome);
}

function mergeEvidence(current: Dispute['evidence'], given: Evidence | undefined): Dispute['evidence'] {
  const { enhanced_evidence: enhanced, ...texts } = given ?? {};
  const merged = { ...current, ...texts } as Dispute['evidence'];
  if (enhanced === null) merged.enhanced_evidence = {};
  const acknowledged = enhanced?.visa_compliance?.fee_acknowledged;
  if (acknowledged !== undefined) {
    merged.enhanced_evidence = { visa_compliance: { fee_acknowledged: acknowledged } };
  }
  const length = TEXT_EVIDENCE.reduce((sum, name) => sum + (merged[name]?.length ?? 0), 0);
  // The bound is documented; the sentence is not verified.
  if (length > LONGEST_EVIDENCE) {
    throw invalidRequest(
      `The combined character count of all evidence can be at most ${LONGEST_EVIDENCE}.`,
      undefined,
      'evidence',
    );
  }
  return merged;
}

function detailsOf(dispute: Dispute, evidence: Dispute['evidence']): Dispute['evidence_details'] {
  const details = { ...dispute.evidence_details };
  const isAcknowledged = evidence.enhanced_evidence.visa_compliance?.fee_acknowledged ?? false;
  details.has_evidence = isAcknowledged || TEXT_EVIDENCE.some((name) => evidence[name] !== null);
  if (details.enhanced_eligibility.visa_compliance !== undefined) {
    const status = isAcknowledged ? 'fee_acknowledged' : 'requires_fee_acknowledgement';
    details.enhanced_eligibility = { ...details.enhanced_eligibility, visa_compliance: { status } };
  }
  return details;
}

/** The sentence is not verified. */
function answeredBefore(dispute: Dispute): ApiError {
  return new ApiError(
    400,
    {
      type: 'invalid_request_error',
      message: `Evidence for this dispute was submitted already; its status is ${dispute.status}.`,
    },
    { remembered: true },
  );
}

function parameters<const N extends string, T>(names: readonly N[], make: () => T): Record<N, T> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<N, T>;
}
