import { useState } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router';
import { EmailField, PasswordField } from '../account/fields.tsx';
import { Form, FormPage } from '../account/form.tsx';
import { ownPage } from '../account/own-page.ts';
import { useSubmit } from '../account/use-submit.ts';
import { callApi } from '../api/call.ts';
import { Button } from '../parts/button.tsx';
import { TextField } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/sign-up.ts';

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Create an account') }, { name: 'robots', content: 'noindex' }];
}

export default function SignUp() {
  const [address, setAddress] = useState<string | null>(null);
  const [params] = useSearchParams();
  const callbackURL = ownPage(params.get('next'));
  // What a guest's order told; it is no part of the address, where others would read it.
  const known = useLocation().state as { name?: string; email?: string } | null;
  const form = useSubmit(async ({ name, email = '', password }) => {
    await callApi('POST', '/api/auth/sign-up/email', { body: { name, email, password, callbackURL } });
    setAddress(email);
  });
  if (address) return <Sent address={address} callbackURL={callbackURL} />;
  return (
    <FormPage
      title="Create an account"
      lead="See your orders in one place. You can always buy without an account."
    >
      <Form {...form} action="Create account" busyText="Creating…">
        <TextField
          id="name"
          label="Name"
          autoComplete="name"
          defaultValue={known?.name}
          maxLength={120}
          required
        />
        <EmailField defaultValue={known?.email} />
        <PasswordField isNew />
      </Form>
      <p className="mt-6">
        <Link to="/sign-in" className="py-2 text-accent underline underline-offset-4">
          I have an account
        </Link>
      </p>
    </FormPage>
  );
}

function Sent({ address, callbackURL }: { address: string; callbackURL: string }) {
  const [again, setAgain] = useState(false);
  const sendAgain = async () => {
    await callApi('POST', '/api/auth/send-verification-email', { body: { email: address, callbackURL } });
    setAgain(true);
  };
  return (
    <FormPage
      title="Look into your mail"
      lead={`We have sent a link to ${address}. Follow it within a day, and your account is ready.`}
    >
      {again ? (
        <Notice tone="info" role="status">
          Sent again.
        </Notice>
      ) : (
        <Button variant="secondary" onClick={() => void sendAgain()}>
          Send it again
        </Button>
      )}
    </FormPage>
  );
}
