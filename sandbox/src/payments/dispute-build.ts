/** What a new dispute looks like, by the kind of its test card. */
import type { DisputeKind } from '../cards.ts';
import type { Charge, Dispute } from '../objects.ts';
import type { Turn } from '../world.ts';
import { noEvidence } from './dispute-facts.ts';

const DAY_SECONDS = 24 * 3600;
/** Recorded for Visa in test mode; the end of the UTC day counts. */
const DAYS_TO_RESPOND = 8;

type Case = Pick<Dispute, 'reason' | 'status' | 'enhanced_eligibility_types'> & {
  caseType: 'chargeback' | 'compliance' | 'inquiry';
  networkReasonCode: string | null;
  eligibility: Dispute['evidence_details']['enhanced_eligibility'];
};

const CHARGEBACK = {
  reason: 'fraudulent',
  status: 'needs_response',
  caseType: 'chargeback',
  networkReasonCode: '10.4',
  enhanced_eligibility_types: [],
  eligibility: {},
} satisfies Case;

/** Reasons, case types and reason codes are recorded, but those of the inquiry's reason and of compliance. */
const CASES: Readonly<Record<DisputeKind, Case>> = {
  fraudulent: CHARGEBACK,
  product_not_received: { ...CHARGEBACK, reason: 'product_not_received', networkReasonCode: '13.1' },
  inquiry: {
    ...CHARGEBACK,
    status: 'warning_needs_response',
    caseType: 'inquiry',
    networkReasonCode: '10',
  },
  compelling_evidence: {
    ...CHARGEBACK,
    enhanced_eligibility_types: ['visa_compelling_evidence_3'],
    eligibility: {
      visa_compelling_evidence_3: {
        required_actions: [
          'missing_customer_identifiers',
          'missing_disputed_transaction_description',
          'missing_merchandise_or_services',
          'missing_prior_undisputed_transactions',
        ],
        status: 'requires_action',
      },
    },
  },
  compliance: {
    ...CHARGEBACK,
    reason: 'noncompliant',
    caseType: 'compliance',
    networkReasonCode: null,
    enhanced_eligibility_types: ['visa_compliance'],
    eligibility: { visa_compliance: { status: 'requires_fee_acknowledgement' } },
  },
};

/** Its id begins with `du_`, as in recordings of 2025 and 2026; older ones began with `dp_`. */
export function buildDispute(turn: Turn, charge: Charge, kind: DisputeKind, amount: number): Dispute {
  const { caseType, networkReasonCode, eligibility, ...facts } = CASES[kind];
  const brand = charge.payment_method_details?.card?.brand ?? 'visa';
  return {
    ...facts,
    id: turn.world.ids.object('du'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: turn.now,
    currency: charge.currency,
    evidence: noEvidence(),
    evidence_details: {
      due_by: respondBy(turn),
      enhanced_eligibility: structuredClone(eligibility),
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: kind === 'inquiry',
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand, case_type: caseType, network: brand, network_reason_code: networkReasonCode },
      type: 'card',
    },
  };
}

/** What an inquiry becomes when the bank takes the money after all. */
export function escalatedCase(turn: Turn, dispute: Dispute): Partial<Dispute> {
  const { card, ...details } = dispute.payment_method_details!;
  const { caseType, networkReasonCode, status } = CASES.fraudulent;
  return {
    evidence_details: { ...dispute.evidence_details, due_by: respondBy(turn) },
    is_charge_refundable: false,
    payment_method_details: {
      ...details,
      card: { ...card!, case_type: caseType, network_reason_code: networkReasonCode },
    },
    status,
  };
}

/** The last second of the UTC day. */
function respondBy(turn: Turn): number {
  const day = Math.floor(turn.now / DAY_SECONDS) + DAYS_TO_RESPOND;
  return (day + 1) * DAY_SECONDS - 1;
}
