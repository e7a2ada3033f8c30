import { orderStatuses } from '@paydesk/contract/orders';
import { paymentStatuses } from '@paydesk/contract/payments';
import { type PaymentFact, type PaymentState, paymentFactKinds } from '../../src/domain/payment.ts';
import { type OrderState, type Settlement, settle } from '../../src/domain/settlement.ts';

export type Difference = 'nothing' | 'amount' | 'currency' | 'mode';

export type Case = {
  order: OrderState;
  payment: PaymentState;
  fact: PaymentFact;
  live: boolean;
  stockIsBack: boolean;
  /** By bank transfer, where the customer decides how much arrives. */
  anyAmount: boolean;
  differs: Difference;
};

const differences: Difference[] = ['nothing', 'amount', 'currency', 'mode'];
const amount = 1000;

/** Every order status × payment status × fact × difference × stock back or not × payment of the whole or of a part × any amount or one. */
export function everyCase(): Case[] {
  return orderStatuses.flatMap((status) =>
    [amount, 3 * amount].flatMap((total) =>
      paymentStatuses.flatMap((paymentStatus) =>
        paymentFactKinds.flatMap((kind) =>
          differences.flatMap((differs) =>
            [false, true].flatMap((stockIsBack) =>
              [false, true].map((anyAmount) => ({
                order: { id: 'ord_1', status, currency: 'usd', total, received: receivedBy(status, total) },
                payment: { id: 'pay_1', status: paymentStatus, flow: 'elements', amount, currency: 'usd' },
                fact: factThat(kind, differs),
                live: false,
                stockIsBack,
                anyAmount,
                differs,
              })),
            ),
          ),
        ),
      ),
    ),
  );
}

export function settleCase({ order, payment, fact, live, stockIsBack, anyAmount }: Case): Settlement {
  return settle(order, payment, fact, { live, stockIsBack, anyAmount });
}

function receivedBy(status: OrderState['status'], total: number): number {
  if (status === 'partially_paid') return total - amount / 2;
  return ['paid', 'partially_refunded', 'refunded'].includes(status) ? total : 0;
}

function factThat(kind: PaymentFact['kind'], differs: Difference): PaymentFact {
  return {
    kind,
    final: true,
    live: differs === 'mode',
    instanceId: 'ins_1',
    orderId: 'ord_1',
    paymentId: 'pay_1',
    sessionRef: null,
    intentRef: 'pi_1',
    chargeRef: null,
    balanceRef: null,
    amount: differs === 'amount' ? amount - 1 : amount,
    currency: differs === 'currency' ? 'eur' : 'usd',
    card: null,
    failureCode: null,
  };
}
