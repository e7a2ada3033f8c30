import Tag from 'lucide-react/icons/tag';
import X from 'lucide-react/icons/x';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { ErrorText } from '../parts/field.tsx';

type DiscountFieldProps = {
  /** The code that the shop applied to the quote. */
  applied: string | null;
  /** Why the code that was sent was not applied. */
  problem: string | null;
  /** What stands in the field and has not been sent yet. */
  draft: string;
  onDraft: (text: string) => void;
  onApply: (code: string) => void;
  onRemove: () => void;
};

/** Closed at first, because an open field sends people away to look for codes. It is a form of its own: Enter applies. */
export function DiscountField({ applied, problem, draft, onDraft, onApply, onRemove }: DiscountFieldProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  if (applied) return <AppliedCode code={applied} onRemove={onRemove} />;
  if (!open && !problem && draft === '') {
    return (
      <Button
        variant="quiet"
        size="small"
        className="-ml-3"
        aria-expanded={false}
        onClick={() => setOpen(true)}
      >
        Add discount code
      </Button>
    );
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (draft.trim()) onApply(draft.trim());
  }
  return (
    <form onSubmit={submit} noValidate>
      <label htmlFor={id} className="font-medium text-sm">
        Discount code
      </label>
      {problem && <ErrorText id={`${id}-error`}>{problem}</ErrorText>}
      <div className="mt-1.5 flex gap-2">
        <input
          id={id}
          // biome-ignore lint/a11y/noAutofocus: the field appears because somebody just asked for it.
          autoFocus={open}
          value={draft}
          onChange={(event) => onDraft(event.target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          aria-invalid={problem !== null}
          aria-describedby={problem ? `${id}-error` : undefined}
          className="h-11 min-w-0 flex-1 rounded-control border border-control bg-surface px-3 aria-invalid:border-2 aria-invalid:border-danger"
        />
        <Button type="submit" variant="secondary">
          Apply<span className="sr-only"> discount code</span>
        </Button>
      </div>
    </form>
  );
}

function AppliedCode({ code, onRemove }: { code: string; onRemove: () => void }) {
  return (
    <p className="inline-flex items-center gap-2 rounded-full bg-success-soft py-0.5 pr-0.5 pl-3 font-medium text-sm text-success">
      <Tag aria-hidden="true" size={16} strokeWidth={1.75} />
      {code}
      <button
        type="button"
        aria-label={`Remove discount code ${code}`}
        onClick={onRemove}
        className="grid size-9 place-items-center rounded-full hover:bg-hover"
      >
        <X aria-hidden="true" size={16} />
      </button>
    </p>
  );
}
