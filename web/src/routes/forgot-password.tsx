import { useState } from 'react';
import { EmailField } from '../account/fields.tsx';
import { Form, FormPage } from '../account/form.tsx';
import { useSubmit } from '../account/use-submit.ts';
import { callApi } from '../api/call.ts';
import { ButtonLink } from '../parts/button.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/forgot-password.ts';

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Forgot your password?') }, { name: 'robots', content: 'noindex' }];
}

export default function ForgotPassword() {
  const [address, setAddress] = useState<string | null>(null);
  const form = useSubmit(async ({ email = '' }) => {
    await callApi('POST', '/api/auth/request-password-reset', {
      body: { email, redirectTo: '/new-password' },
    });
    setAddress(email);
  });
  if (address)
    return (
      <FormPage
        title="Look into your mail"
        lead={`If there is an account for ${address}, a link to choose a new password is on its way. It works for an hour.`}
      >
        <ButtonLink to="/sign-in" variant="secondary">
          Back to sign-in
        </ButtonLink>
      </FormPage>
    );
  return (
    <FormPage title="Forgot your password?" lead="We send you a link to choose a new one.">
      <Form {...form} action="Send link" busyText="Sending…">
        <EmailField />
      </Form>
    </FormPage>
  );
}
