import { Link, useNavigate, useSearchParams } from 'react-router';
import { EmailField, PasswordField } from '../account/fields.tsx';
import { Form, FormPage } from '../account/form.tsx';
import { ownPage } from '../account/own-page.ts';
import { useSignIn } from '../account/use-sign-in.ts';
import type { Submit } from '../account/use-submit.ts';
import { TextField } from '../parts/field.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/sign-in.ts';

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Sign in') }, { name: 'robots', content: 'noindex' }];
}

export default function SignIn() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const next = ownPage(params.get('next'));
  const { asksCode, form } = useSignIn(async () => await navigate(next));
  return asksCode ? <SecondFactor {...form} /> : <Password {...form} />;
}

function Password(form: Submit) {
  const search = useSearchParams()[0].toString();
  const query = search === '' ? '' : `?${search}`;
  return (
    <FormPage title="Sign in">
      <Form {...form} action="Sign in" busyText="Signing in…">
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

function SecondFactor(form: Submit) {
  return (
    <FormPage title="Your code" lead="Open your authenticator app, or use one of your backup codes.">
      <Form {...form} action="Go on" busyText="Checking…">
        <TextField id="code" label="Code" autoComplete="one-time-code" maxLength={20} required autoFocus />
      </Form>
    </FormPage>
  );
}
