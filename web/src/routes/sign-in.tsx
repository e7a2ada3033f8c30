import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { EmailField, PasswordField } from '../account/fields.tsx';
import { Form, FormPage } from '../account/form.tsx';
import { ownPage } from '../account/own-page.ts';
import { giveCode, signIn } from '../account/sign-in-calls.ts';
import { useSubmit } from '../account/use-submit.ts';
import { TextField } from '../parts/field.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/sign-in.ts';

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Sign in') }, { name: 'robots', content: 'noindex' }];
}

export default function SignIn() {
  const [step, setStep] = useState<Step>({ name: 'password' });
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const next = ownPage(params.get('next'));
  const goOn = async () => await navigate(next);
  return step.name === 'code' ? (
    <SecondFactor goOn={goOn} startAgain={(why) => setStep({ name: 'password', why })} />
  ) : (
    <Password goOn={goOn} why={step.why} ask={() => setStep({ name: 'code' })} />
  );
}

/** `why` the password is asked for once more. */
type Step = { name: 'password'; why?: string } | { name: 'code' };

type PasswordProps = { goOn(): Promise<void>; ask(): void; why: string | undefined };

function Password({ goOn, ask, why }: PasswordProps) {
  const search = useSearchParams()[0].toString();
  const form = useSubmit(async ({ email = '', password = '' }) => {
    if (await signIn(email, password)) ask();
    else await goOn();
  });
  const query = search === '' ? '' : `?${search}`;
  return (
    <FormPage title="Sign in">
      <Form {...form} problem={form.problem ?? why ?? null} action="Sign in" busyText="Signing in…">
        <EmailField />
        <PasswordField />
      </Form>
      <p className="mt-6 flex flex-wrap gap-x-6 gap-y-2">
        <Link to={`/forgot-password${query}`} className="py-2 text-accent underline underline-offset-4">
          Forgot your password?
        </Link>
        <Link to={`/sign-up${query}`} className="py-2 text-accent underline underline-offset-4">
          Create an account
        </Link>
      </p>
    </FormPage>
  );
}

function SecondFactor({ goOn, startAgain }: { goOn(): Promise<void>; startAgain(why: string): void }) {
  const form = useSubmit(async ({ code = '' }) => {
    const why = await giveCode(code);
    if (why === null) await goOn();
    else startAgain(why);
  });
  return (
    <FormPage title="Your code" lead="Open your authenticator app, or use one of your backup codes.">
      <Form {...form} action="Go on" busyText="Checking…">
        <TextField id="code" label="Code" autoComplete="one-time-code" maxLength={20} required autoFocus />
      </Form>
    </FormPage>
  );
}
