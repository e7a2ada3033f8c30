import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import type { PaymentFlow, StartedPayment } from '@paydesk/contract/payments';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, callApi } from '../api/call.ts';
import { newKey } from '../cart/placed-order.ts';
import type { CardFormHandle } from './card-form.tsx';
import type { BillingDetails, Confirmed } from './confirm-card.ts';
import { declineText, isUnclear } from './decline-text.ts';
import { OrderTakenElsewhere } from './place-order.ts';

/** What the page does now: nothing, waits for an answer, waits for the shopper's bank, or waits for longer than usual. */
export type Phase = 'ready' | 'sending' | 'bank' | 'long';

export type Payment = {
  phase: Phase;
  message: { text: string; tone: 'danger' | 'warning' } | null;
  /** Grows with every message, so that the same text twice is still news. */
  round: number;
  pay: (wish: PayWish) => Promise<void>;
  /** Tells why nothing was paid although nothing failed. */
  say: (text: string) => void;
};

export type PayWish = {
  flow: PaymentFlow;
  /** Nothing is to be paid, so there is no card form either. */
  isFree: boolean;
  billing: BillingDetails;
  /** Minor units: a part of what is due. All of it where none is named. */
  amount?: number;
  /** The order to pay, or `null` when the page has already said why there is none. */
  getOrder: () => Promise<Order | null>;
  /** The order can no longer be paid. What it does decides what `getOrder` gives next. */
  onEnded: (order: Order) => void;
  /** The part named by `amount` cannot be paid. Says so in its place. */
  onAmountRefused?: (error: ApiError) => void;
};

/** How one press of Pay ended. */
type End =
  | { type: 'page'; path: string }
  | { type: 'stripe'; url: string }
  | { type: 'message'; text: string; declined?: true }
  | { type: 'said' };

/** After so many declines in a row the message points to the other way to pay. */
const declinesBeforeAdvice = 3;

/** Takes presses of Pay to the page that shows the outcome, one at a time. */
export function usePayment(card: RefObject<CardFormHandle | null>): Payment {
  const navigate = useNavigate();
  const [phase, setPhase] = useState<Phase>('ready');
  const [said, setSaid] = useState<Pick<Payment, 'message' | 'round'>>({ message: null, round: 0 });
  const busy = useRef(false);
  const declines = useRef(0);

  function become(next: 'ready' | 'sending') {
    busy.current = next === 'sending';
    setPhase(next);
  }
  useReturnFromMemory(() => become('ready'));

  function tell(text: string, tone: 'danger' | 'warning') {
    setSaid((before) => ({ message: { text, tone }, round: before.round + 1 }));
  }

  async function pay(wish: PayWish) {
    if (busy.current) return;
    become('sending');
    setSaid((before) => ({ ...before, message: null }));
    const end = await takePayment(wish, card, setPhase).catch(endOfError);
    // On the way to another page the button stays busy, so that nobody presses it again.
    if (end.type === 'page') return navigate(end.path, { replace: true });
    if (end.type === 'stripe') return window.location.assign(end.url);
    become('ready');
    if (end.type === 'said') return;
    if (end.declined) declines.current += 1;
    const advice =
      declines.current >= declinesBeforeAdvice ? ' You can also choose another way to pay above.' : '';
    tell(end.text + (end.declined ? advice : ''), 'danger');
  }

  return { phase, ...said, pay, say: (text) => tell(text, 'warning') };
}

/** Check the card form, get the order, start its payment, confirm it. */
async function takePayment(
  wish: PayWish,
  card: RefObject<CardFormHandle | null>,
  onPhase: (phase: Phase) => void,
): Promise<End> {
  const problem = wish.flow === 'elements' && !wish.isFree ? await checkCard(card.current) : null;
  if (problem) return { type: 'message', text: problem };
  const ready = await orderAndStart(wish);
  if (!ready) return { type: 'said' };
  const { order, started } = ready;
  if (!started) return { type: 'page', path: `/orders/${order.id}` };
  const { url, clientSecret } = started;
  if (url) return { type: 'stripe', url };
  // Nothing more to do here: the order's page has the bank details.
  if (!clientSecret) return { type: 'page', path: `/orders/${order.id}` };
  const confirmed = await card.current!.confirm({
    clientSecret,
    billing: wish.billing,
    returnUrl: `${window.location.origin}/checkout-complete?order=${order.id}`,
    onWait: onPhase,
  });
  return endOfConfirmation(confirmed, order, { ...started, clientSecret });
}

/** Without a card form nothing may be ordered: it could not be paid. */
async function checkCard(card: CardFormHandle | null): Promise<string | null> {
  return card ? card.check() : 'The card form has not loaded yet. Try again in a moment.';
}

/** An order whose time is over is placed afresh, once, if it came from the cart. A free one has no payment to start. */
async function orderAndStart(
  wish: PayWish,
): Promise<{ order: Order; started: StartedPayment | null } | null> {
  for (let round = 1; ; round++) {
    const order = await wish.getOrder();
    if (!order) return null;
    if (order.total.amount === 0) return { order, started: null };
    try {
      return { order, started: await startPayment(order.id, wish) };
    } catch (error) {
      if (wish.onAmountRefused && isAboutAmount(error)) {
        wish.onAmountRefused(error);
        return null;
      }
      const ended = error instanceof ApiError && error.code === 'order_not_payable';
      if (!ended || round > 1) throw error;
      wish.onEnded(order);
    }
  }
}

function isAboutAmount(error: unknown): error is ApiError {
  const codes = ['payment_amount_too_small', 'payment_amount_too_large'];
  return error instanceof ApiError && codes.includes(error.code);
}

async function startPayment(orderId: string, { flow, amount }: PayWish): Promise<StartedPayment> {
  const paymentMethod = flow === 'transfer' ? 'bank-transfer' : 'stripe';
  try {
    return await callApi<StartedPayment>('POST', `/api/orders/${orderId}/pay`, {
      body: { paymentMethod, flow, ...(amount === undefined ? {} : { amount }) },
      idempotencyKey: newKey(),
      timeout: 20_000,
    });
  } catch (error) {
    // The order's own page then says more than a message here could.
    const elsewhere = ['order_already_paid', 'payment_in_progress'];
    if (error instanceof ApiError && elsewhere.includes(error.code)) throw new OrderTakenElsewhere(orderId);
    throw error;
  }
}

function endOfConfirmation(
  confirmed: Confirmed,
  order: Order,
  { payment, clientSecret }: Required<Pick<StartedPayment, 'payment' | 'clientSecret'>>,
): End {
  if (confirmed.outcome === 'done') {
    const { id, status } = confirmed.paymentIntent;
    const query = new URLSearchParams({
      order: order.id,
      payment_intent: id,
      payment_intent_client_secret: clientSecret,
      redirect_status: status === 'succeeded' || status === 'processing' ? 'succeeded' : 'failed',
    });
    return { type: 'page', path: `/checkout-complete?${query}` };
  }
  if (confirmed.outcome === 'unknown' || isUnclear(confirmed.error)) {
    return { type: 'page', path: `/orders/${order.id}?confirming=1` };
  }
  const { error } = confirmed;
  if (error.type === 'validation_error')
    return { type: 'message', text: error.message ?? 'Check the card details.' };
  return { type: 'message', text: declineText(error, formatMoney(payment.amount)), declined: true };
}

function endOfError(error: unknown): End {
  if (error instanceof OrderTakenElsewhere) return { type: 'page', path: `/orders/${error.orderId}` };
  const text = error instanceof ApiError ? error.message : 'Something went wrong on this page. Try again.';
  return { type: 'message', text };
}

/** A page that comes back out of the browser's memory, after Stripe's page, must not wait for ever. */
function useReturnFromMemory(onReturn: () => void) {
  const latest = useRef(onReturn);
  latest.current = onReturn;
  useEffect(() => {
    function returned(event: PageTransitionEvent) {
      if (event.persisted) latest.current();
    }
    window.addEventListener('pageshow', returned);
    return () => window.removeEventListener('pageshow', returned);
  }, []);
}
