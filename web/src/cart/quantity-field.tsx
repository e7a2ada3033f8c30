import Minus from 'lucide-react/icons/minus';
import Plus from 'lucide-react/icons/plus';
import { type KeyboardEvent, useState } from 'react';

type QuantityFieldProps = {
  /** Of the product, for people who hear the page. */
  name: string;
  value: number;
  max: number;
  onChange: (quantity: number) => void;
};

/** [−] [number] [+], with arrow keys; it never goes below one, because removing is a button of its own. */
export function QuantityField({ name, value, max, onChange }: QuantityFieldProps) {
  // What is being typed may be empty or too much for a moment; the value follows only what makes sense.
  const [typed, setTyped] = useState<string | null>(null);
  function change(quantity: number) {
    setTyped(null);
    onChange(Math.min(Math.max(quantity, 1), Math.max(max, 1)));
  }
  function type(text: string) {
    const digits = text.replace(/\D/g, '').slice(0, 2);
    setTyped(digits);
    const quantity = Number(digits);
    if (quantity >= 1 && quantity <= max) onChange(quantity);
  }
  function finish() {
    if (typed === null) return;
    change(typed === '' ? value : Number(typed));
  }
  function step(event: KeyboardEvent) {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    change(value + (event.key === 'ArrowUp' ? 1 : -1));
  }
  return (
    <div className="inline-flex rounded-control border border-control bg-surface">
      <StepButton label={`Decrease quantity of ${name}`} end={value <= 1} onClick={() => change(value - 1)}>
        <Minus aria-hidden="true" size={16} />
      </StepButton>
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        aria-label={`Quantity of ${name}`}
        value={typed ?? String(value)}
        onChange={(event) => type(event.target.value)}
        onBlur={finish}
        onKeyDown={step}
        className="h-11 w-10 bg-transparent text-center tabular-nums"
      />
      <StepButton label={`Increase quantity of ${name}`} end={value >= max} onClick={() => change(value + 1)}>
        <Plus aria-hidden="true" size={16} />
      </StepButton>
    </div>
  );
}

type StepButtonProps = { label: string; end: boolean; onClick: () => void; children: React.ReactNode };

/** At its end a step stays focusable, so that the keyboard does not lose its place. */
function StepButton({ label, end, onClick, children }: StepButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={end}
      onClick={end ? undefined : onClick}
      className="grid size-11 place-items-center rounded-control hover:bg-hover aria-disabled:cursor-default aria-disabled:text-faint aria-disabled:hover:bg-transparent"
    >
      {children}
    </button>
  );
}
