import { useState } from 'react';
import { giveCode, signIn } from './sign-in-calls.ts';
import { type Submit, useSubmit } from './use-submit.ts';

export type SigningIn = {
  /** The password was right, and a code is wanted besides. */
  asksCode: boolean;
  /** Of the step that is asked for now; its fields are named `email`, `password` and `code`. */
  form: Submit;
};

/**
 * Signing in: the password, then a code where one is wanted, and the password once more where that sign-in is over.
 *
 * @param known the address, where the form has no field for it
 */
export function useSignIn(done: () => void | Promise<void>, known = ''): SigningIn {
  const [asksCode, setAsksCode] = useState(false);
  /** Why the password is asked for once more. */
  const [over, setOver] = useState<string | null>(null);
  const form = useSubmit(async ({ email = known, password = '', code = '' }) => {
    if (asksCode) {
      const why = await giveCode(code);
      setOver(why);
      if (why !== null) return setAsksCode(false);
    } else if (await signIn(email, password)) {
      setOver(null);
      return setAsksCode(true);
    }
    await done();
  });
  return { asksCode, form: { ...form, problem: form.problem ?? over } };
}
