import type { PaymentFlow, TransferInstructions } from '@paydesk/contract/payments';
import { AppError, ProviderError } from '../../app/errors.ts';
import type {
  FrozenPayment,
  FrozenRefund,
  PaymentProvider,
  PaymentRefs,
  SignedEvent,
} from '../../app/ports.ts';
import type { PaymentFact } from '../../domain/payment.ts';
import type { RefundFact } from '../../domain/refund.ts';
import { type TransferBooking, transferEventId, transferFact } from '../../domain/transfer.ts';

/** The shop's own account, as customers are told it. */
export type TransferAccount = Pick<TransferInstructions, 'accountHolder' | 'iban' | 'bic' | 'bankName'>;

export type BankTransferSettings = {
  /** As it is set now. Null: customers are not offered it, but what was begun or arrives all the same is dealt with. */
  account(): TransferAccount | null;
  live: boolean;
};

/**
 * Takes money by bank transfer. Nobody answers at the other end: there is no API, nothing is signed, and the bank's
 * statement is read by people. So this provider has no memory; what an operator records (`app/record-transfer.ts`,
 * `app/settle-refund.ts`) is the truth, and each question about what happened is answered with "nothing new".
 */
export function bankTransferProvider({ account, live }: BankTransferSettings): PaymentProvider {
  return {
    name: 'bank-transfer',
    get flows(): PaymentFlow[] {
      return account() === null ? [] : ['transfer'];
    },
    live,
    anyAmount: true,
    byHand: true,
    start: async (payment) => ({ ...refsOf(payment), next: nextOf(payment, account()) }),
    find: async () => null,
    resume: async (_refs, payment) => ({ state: 'payable', next: nextOf(payment, account()) }),
    // Nobody can forbid a transfer. The instructions are withdrawn, and money that comes all the same is late money.
    close: async () => 'closed',
    look: async (refs) => nothingNew(refs, live),
    refund: async (refund) => waitsForPerson(refund, live),
    lookRefund: unheardOf,
    refundsOf: async () => [],
    lookDispute: unheardOf,
    records: null,
    health: null,
    dashboardUrl: () => null,
    readEvent: () => {
      throw new AppError('invalid_signature');
    },
    withoutSecrets: (payload) => payload,
    readStored: (payload) => readBooking(JSON.parse(payload) as TransferBooking),
  };
}

/** A name of its own, so that an attempt which was started can be told from one that was not. */
function refsOf(payment: FrozenPayment): PaymentRefs {
  return { sessionRef: null, intentRef: `transfer_${payment.paymentId}` };
}

/** Whoever was told an account before keeps it, also when the shop has another one by now. */
function nextOf(
  payment: FrozenPayment,
  account: TransferAccount | null,
): { instructions: TransferInstructions } {
  if (payment.instructions) return { instructions: payment.instructions };
  if (account === null) throw new ProviderError('refused', 'no account for bank transfers is set', null);
  const payUntil = new Date(payment.expiresAt).toISOString();
  return { instructions: { ...account, reference: payment.orderNumber, payUntil } };
}

function nothingNew({ sessionRef, intentRef }: PaymentRefs, live: boolean): PaymentFact {
  return {
    kind: 'details',
    final: false,
    live,
    instanceId: null,
    orderId: null,
    paymentId: null,
    sessionRef,
    intentRef,
    chargeRef: null,
    balanceRef: null,
    amount: null,
    currency: null,
    card: null,
    failureCode: null,
  };
}

/** A person sends it and says so; until then it is on its way. It has no name at the bank that we could know. */
function waitsForPerson(refund: FrozenRefund, live: boolean): RefundFact {
  return {
    kind: 'refund',
    final: true,
    live,
    instanceId: refund.instanceId,
    orderId: refund.orderId,
    refundId: refund.refundId,
    refundRef: null,
    intentRef: refund.intentRef,
    chargeRef: refund.chargeRef,
    status: 'pending',
    amount: refund.amount,
    currency: refund.currency,
    failureCode: null,
    reason: null,
  };
}

async function unheardOf(ref: string): Promise<never> {
  throw new ProviderError('refused', `a bank knows nothing called ${ref}`, null);
}

function readBooking(booking: TransferBooking): SignedEvent {
  return {
    id: transferEventId(booking.bankReference),
    type: 'transfer.received',
    createdAt: null,
    objectId: booking.paymentId,
    fact: transferFact(booking),
    reason: '',
  };
}
