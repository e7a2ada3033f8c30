import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import { useEffect, useState } from 'react';
import type { ApiError } from '../api/call.ts';
import { parseAmount } from './parse-amount.ts';

export type PartAmount = {
  isOpen: boolean;
  /** As it was typed. */
  text: string;
  problem: string | undefined;
  /** What a press of Pay would pay now, in minor units: all that is due, or the part; `null` while that is no amount. */
  amount: number | null;
  open: () => void;
  /** Back to paying all of it. */
  close: () => void;
  type: (text: string) => void;
  /** Shows what is wrong with the part and moves the focus there. True where nothing is. */
  check: () => boolean;
  /** The server has the last word about the smallest and the largest part. */
  refuse: (error: ApiError) => void;
};

export const partFieldId = 'part_amount';

/** How much of what is due somebody pays now. @param isBusy while a payment is being started the field takes no focus */
export function usePartAmount({ due }: Pick<Order, 'due'>, isBusy: boolean): PartAmount {
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const [problems, setProblems] = useState(0);
  const typed = parseAmount(text, due.currency);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every problem takes the focus, also the same one again.
  useEffect(() => {
    if (problem && !isBusy) document.getElementById(partFieldId)?.focus();
  }, [problem, problems, isBusy]);

  function show(next: string) {
    setProblem(next);
    setProblems((count) => count + 1);
  }

  function become(next: boolean) {
    setIsOpen(next);
    setText('');
    setProblem(undefined);
  }

  return {
    isOpen,
    text,
    problem,
    amount: isOpen ? typed : due.amount,
    open: () => become(true),
    close: () => become(false),
    type(next) {
      setText(next);
      // A problem that is shown goes away with the next change; whether it is mended shows the press of Pay.
      setProblem(undefined);
    },
    check() {
      const found = isOpen ? problemOf(typed, due) : null;
      if (found) show(found);
      return !found;
    },
    refuse: (error) => show(refusalText(error, due)),
  };
}

function problemOf(typed: number | null, due: Order['due']): string | null {
  if (typed === null) return `Enter an amount like ${formatMoney({ ...due, amount: exampleOf(due.amount) })}`;
  return typed > due.amount ? tooMuch(due) : null;
}

/** About a half, in round numbers. */
function exampleOf(due: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(due)) - 1);
  return Math.max(1, Math.round(due / 2 / step) * step);
}

/** Meanwhile less may be due than this page was told. */
function refusalText({ code, message, details }: ApiError, due: Order['due']): string {
  const now = (details as { due?: unknown } | undefined)?.due;
  if (code !== 'payment_amount_too_large' || typeof now !== 'number') return message;
  return tooMuch({ ...due, amount: now });
}

function tooMuch(due: Order['due']): string {
  return `Enter ${formatMoney(due)} or less: more is not due`;
}
