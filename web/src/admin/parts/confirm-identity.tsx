import type { FormEvent } from 'react';
import { PasswordField } from '../../account/fields.tsx';
import { useSignIn } from '../../account/use-sign-in.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useOperator } from '../operator.ts';

/** Signs in anew, in place, before something that a borrowed screen should not be able to do. `done` is called once that is shown. */
export function ConfirmIdentity({ done }: { done(): void }) {
  const { email } = useOperator();
  const { asksCode, form } = useSignIn(done, email ?? '');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.stopPropagation();
    form.submit(event);
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <p>It is a while since you signed in. Show that it is you, and it goes on.</p>
      {form.problem && (
        <Notice tone="danger" role="alert">
          {form.problem}
        </Notice>
      )}
      <input type="hidden" name="username" autoComplete="username" value={email ?? ''} readOnly />
      {asksCode ? (
        <TextField id="code" label="Code" autoComplete="one-time-code" maxLength={20} required autoFocus />
      ) : (
        <PasswordField autoFocus />
      )}
      <Button type="submit" aria-disabled={form.busy}>
        {form.busy ? 'Checking…' : 'Go on'}
      </Button>
    </form>
  );
}
