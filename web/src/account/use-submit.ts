import { type FormEvent, useState } from 'react';
import { ApiError } from '../api/call.ts';

export type Submit = {
  busy: boolean;
  /** What went wrong last, in a sentence. */
  problem: string | null;
  submit(event: FormEvent<HTMLFormElement>): void;
};

/** Sends a form once at a time, and keeps what was said against it. `send` gets the fields by their names. */
export function useSubmit(send: (fields: Record<string, string>) => Promise<void>): Submit {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    const fields = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, String(value)] as const),
    );
    setBusy(true);
    setProblem(null);
    send(fields)
      .catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        setProblem(error.message);
      })
      .finally(() => setBusy(false));
  };
  return { busy, problem, submit };
}
