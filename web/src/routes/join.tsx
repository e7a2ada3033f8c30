import type { Account } from '@paydesk/contract/account';
import type { Invitation, JoinReply } from '@paydesk/contract/admin/operators';
import { useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { EmailField, PasswordField } from '../account/fields.tsx';
import { Form, FormPage } from '../account/form.tsx';
import { signIn } from '../account/sign-in-calls.ts';
import { useSubmit } from '../account/use-submit.ts';
import { ApiError, callApi } from '../api/call.ts';
import { loadIfSignedIn } from '../api/load.ts';
import { TextField } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { pageTitle } from '../shop-config.ts';
import type { Route } from './+types/join.ts';

export async function loader({ context }: Route.LoaderArgs): Promise<{ account: Account | null }> {
  return { account: await loadIfSignedIn<Account>(context, '/api/account') };
}

export function headers() {
  return { 'Cache-Control': 'private, no-store', 'Referrer-Policy': 'no-referrer' };
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Run the shop') }, { name: 'robots', content: 'noindex' }];
}

type Found = { token: string; invitation: Invitation } | { problem: string } | null;

export default function Join({ loaderData: { account } }: Route.ComponentProps) {
  const found = useInvitation();
  if (found === null)
    return (
      <FormPage title="Run the shop" lead="Reading your invitation…">
        {null}
      </FormPage>
    );
  if ('problem' in found)
    return (
      <FormPage title="Run the shop">
        <Notice tone="warning" role="status">
          {found.problem}
        </Notice>
      </FormPage>
    );
  const lead =
    found.invitation.role === 'owner'
      ? 'You become an owner of this shop: you may do everything, and invite others.'
      : `You become a ${found.invitation.role} of this shop.`;
  return (
    <FormPage title="Run the shop" lead={lead}>
      {account ? <WithAccount account={account} token={found.token} /> : <WithNewAccount {...found} />}
    </FormPage>
  );
}

/** The secret stands behind the #, where only this page reads it. */
function useInvitation(): Found {
  const [found, setFound] = useState<Found>(null);
  useEffect(() => {
    const token = location.hash.slice(1);
    if (token === '') return setFound({ problem: 'Open the whole link of your invitation.' });
    callApi<Invitation>('POST', '/api/operators/invitation', { body: { token } })
      .then((invitation) => setFound({ token, invitation }))
      .catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        setFound({ problem: error.message });
      });
  }, []);
  return found;
}

function WithAccount({ account, token }: { account: Account; token: string }) {
  const navigate = useNavigate();
  const form = useSubmit(async () => {
    await callApi<JoinReply>('POST', '/api/operators/join', { body: { token } });
    await navigate('/admin');
  });
  return (
    <Form {...form} action="Accept" busyText="One moment…">
      <p>
        You are signed in as {account.name} ({account.email}).
      </p>
    </Form>
  );
}

function WithNewAccount({ token, invitation }: { token: string; invitation: Invitation }) {
  const navigate = useNavigate();
  const form = useSubmit(async ({ name, email, password = '' }) => {
    const body = { token, name, password, ...(invitation.email === null && { email }) };
    const joined = await callApi<JoinReply>('POST', '/api/operators/join', { body });
    await signIn(joined.email, password);
    await navigate('/admin');
  });
  return (
    <>
      <Form {...form} action="Create my account" busyText="One moment…">
        <TextField id="name" label="Your name" autoComplete="name" maxLength={100} required />
        {invitation.email === null ? (
          <EmailField />
        ) : (
          <p>
            Your account will have the address <strong>{invitation.email}</strong>.
          </p>
        )}
        <PasswordField isNew />
      </Form>
      <p className="mt-6">
        <Link
          to={`/sign-in?next=${encodeURIComponent('/join')}`}
          onClick={(event) => {
            event.preventDefault();
            void navigate(`/sign-in?next=${encodeURIComponent(`/join${location.hash}`)}`);
          }}
          className="py-2 text-accent underline underline-offset-4"
        >
          I have an account already
        </Link>
      </p>
    </>
  );
}
