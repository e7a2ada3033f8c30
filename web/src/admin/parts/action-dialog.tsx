import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Notice } from '../../parts/notice.tsx';
import { ConfirmIdentity } from './confirm-identity.tsx';
import { useAction } from './use-action.ts';

type ActionDialogProps = {
  open: boolean;
  onClose(): void;
  title: string;
  method?: 'POST' | 'PUT' | 'DELETE';
  /** What of our API is called. */
  path: string;
  /** Makes the call's body of the form; a string is a problem that is shown instead of calling. */
  bodyOf?(form: FormData): unknown;
  /** What the button says: "Refund $18.00". */
  action: string;
  busyText?: string;
  /** What the other button says, where “Cancel” could be taken for the action. */
  leave?: string;
  /** Red, for what cannot be taken back. */
  danger?: boolean;
  onDone?(answer: unknown): void;
  children?: ReactNode;
};

/** One call that changes something: what it will do, the fields it needs, and what was said against it. */
export function ActionDialog(props: ActionDialogProps) {
  const { open, onClose, title } = props;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      className="sheet mt-auto w-full max-sm:rounded-t-dialog sm:m-auto sm:max-h-[90dvh] sm:w-[28rem] sm:rounded-dialog"
    >
      <Content {...props} />
    </Dialog>
  );
}

function Content({
  onClose,
  method,
  path,
  bodyOf,
  action,
  busyText,
  leave = 'Cancel',
  danger,
  onDone,
  children,
}: ActionDialogProps) {
  const [mistake, setMistake] = useState<string | null>(null);
  const call = useAction(method === undefined ? { path } : { method, path });
  const [asked, setAsked] = useState<unknown>(undefined);
  const send = async (body: unknown) => {
    setAsked(body);
    const answer = await call.run(body);
    if (answer === undefined) return;
    onDone?.(answer);
    onClose();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = bodyOf?.(new FormData(event.currentTarget));
    setMistake(typeof body === 'string' ? body : null);
    if (typeof body !== 'string') void send(body);
  };
  const problem = mistake ?? call.problem;
  return (
    <div className="max-h-[75dvh] overflow-y-auto p-5 text-sm">
      {call.asksWho && <ConfirmIdentity done={() => void send(asked)} />}
      {/* Kept while it is asked who it is, so that nothing has to be filled in again. */}
      <form onSubmit={submit} className="grid gap-4" hidden={call.asksWho} noValidate>
        {problem && (
          <Notice tone="danger" role="alert">
            {problem}
          </Notice>
        )}
        {children}
        <div className="flex flex-wrap-reverse justify-end gap-2">
          <Button variant="secondary" onClick={onClose} className="max-sm:w-full">
            {leave}
          </Button>
          <Button
            type="submit"
            variant={danger ? 'danger' : 'primary'}
            aria-disabled={call.busy}
            className="max-sm:w-full"
          >
            {call.busy ? (busyText ?? 'One moment…') : action}
          </Button>
        </div>
      </form>
    </div>
  );
}
