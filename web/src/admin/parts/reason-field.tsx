import { TextField } from '../../parts/field.tsx';

type ReasonFieldProps = { label?: string; hint?: string; name?: string; maxLength?: number };

/** Why somebody does it, for the log; the body of the call takes it by its name. */
export function ReasonField({ label = 'Reason', hint, name = 'reason', maxLength = 200 }: ReasonFieldProps) {
  return <TextField id={name} label={label} hint={hint} maxLength={maxLength} required autoComplete="off" />;
}

/** The reason out of a form, or the sentence that asks for one. */
export function reasonOf(form: FormData, name = 'reason'): { reason: string } | string {
  const reason = String(form.get(name) ?? '').trim();
  return reason === '' ? 'Say why: it is kept in the log.' : { reason };
}
