import { formatMoney } from '@paydesk/contract/money';

type AmountProps = { money: { amount: number; currency: string }; className?: string };

/** A sum of money, in figures of one width; less than nothing with a minus as long as a figure. */
export function Amount({ money, className }: AmountProps) {
  const text = formatMoney({ ...money, amount: Math.abs(money.amount) } as Parameters<typeof formatMoney>[0]);
  return (
    <span className={`whitespace-nowrap tabular-nums ${className ?? ''}`}>
      {money.amount < 0 ? `\u2212${text}` : text}
    </span>
  );
}
