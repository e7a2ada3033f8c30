import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { PasswordField } from '../account/fields.tsx';
import { Form, FormPage } from '../account/form.tsx';
import { useSubmit } from '../account/use-submit.ts';
import { callApi } from '../api/call.ts';
import { ButtonLink } from '../parts/button.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/new-password.ts';

export function headers() {
  return { 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer' };
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'New password') }, { name: 'robots', content: 'noindex' }];
}

/** Where the link of a mail leads to. */
export default function NewPassword() {
  const [params] = useSearchParams();
  const [done, setDone] = useState(false);
  const token = params.get('token');
  const form = useSubmit(async ({ newPassword }) => {
    await callApi('POST', '/api/auth/reset-password', { body: { token, newPassword } });
    setDone(true);
  });
  if (done)
    return (
      <FormPage title="Your password is changed" lead="All devices were signed out.">
        <ButtonLink to="/sign-in">Sign in</ButtonLink>
      </FormPage>
    );
  if (token === null)
    return (
      <FormPage title="This link is not valid any more" lead="Links work once, for an hour.">
        <ButtonLink to="/forgot-password">Send another</ButtonLink>
      </FormPage>
    );
  return (
    <FormPage title="Choose a new password">
      <Form {...form} action="Save password" busyText="Saving…">
        <PasswordField id="newPassword" label="New password" isNew />
      </Form>
    </FormPage>
  );
}
