import type { FieldProblem } from '@paydesk/contract/errors';
import { useCallback, useRef, useState } from 'react';
import { useRevalidator } from 'react-router';
import { ApiError, callApi } from '../../api/call.ts';

export type Action<Answer> = {
  busy: boolean;
  /** What went wrong last, in a sentence. */
  problem: string | null;
  /** What of it was said about single fields, by their place in the body: `/name`. */
  fields: readonly FieldProblem[];
  /** The server wants to know once more who it is, before it does this. */
  asksWho: boolean;
  /** Does it; answers undefined when it was refused. */
  run(body?: unknown): Promise<Answer | undefined>;
  /** Forgets what went wrong, and begins a new action with a new key. */
  reset(): void;
};

type ActionCall = { method?: 'POST' | 'PUT' | 'DELETE'; path: string };

/**
 * One call of the operators that changes something. Pressing twice does it once: the call is not sent again while it runs, and each
 * repetition carries the same key. What the page shows is read anew afterwards.
 */
export function useAction<Answer = unknown>({ method = 'POST', path }: ActionCall): Action<Answer> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [fields, setFields] = useState<readonly FieldProblem[]>([]);
  const [asksWho, setAsksWho] = useState(false);
  const key = useRef<string | null>(null);
  const { revalidate } = useRevalidator();

  const run = async (body?: unknown): Promise<Answer | undefined> => {
    if (busy) return undefined;
    key.current ??= crypto.randomUUID();
    setBusy(true);
    setProblem(null);
    setFields([]);
    setAsksWho(false);
    try {
      const answer = await callApi<Answer>(method, path, { body: body ?? {}, idempotencyKey: key.current });
      key.current = null;
      await revalidate();
      return answer;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // What was refused was not done, so the next wish is a new one; of a lost answer nobody knows.
      if (error.code !== 'network') key.current = null;
      setAsksWho(error.code === 'sign_in_again' || error.code === 'operator_signed_in_long_ago');
      setProblem(error.message);
      setFields(fieldProblemsOf(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const reset = useCallback(() => {
    key.current = null;
    setProblem(null);
    setFields([]);
    setAsksWho(false);
  }, []);
  return { busy, problem, fields, asksWho, run, reset };
}

function fieldProblemsOf({ details }: ApiError): readonly FieldProblem[] {
  const { problems } = (details ?? {}) as { problems?: unknown };
  return Array.isArray(problems) ? (problems as FieldProblem[]) : [];
}
