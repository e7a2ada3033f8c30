import type { ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import type { Submit } from './use-submit.ts';

type FormProps = Submit & {
  /** What its button says, and what it says while it is sent. */
  action: string;
  busyText: string;
  /** One of several on its page. */
  isMinor?: boolean;
  children: ReactNode;
};

export function Form({ busy, problem, submit, action, busyText, isMinor = false, children }: FormProps) {
  return (
    <form onSubmit={submit} className="grid gap-4">
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      {children}
      <Button
        type="submit"
        variant={isMinor ? 'secondary' : 'primary'}
        aria-disabled={busy}
        className="mt-2 w-full sm:w-auto sm:justify-self-start"
      >
        {busy ? busyText : action}
      </Button>
    </form>
  );
}

/** A page with one small form. */
export function FormPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto w-full max-w-md py-8">
      <h1 className="font-semibold text-3xl">{title}</h1>
      {lead && <p className="mt-3 text-muted">{lead}</p>}
      <div className="mt-6">{children}</div>
    </div>
  );
}
