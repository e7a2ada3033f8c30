import type { Account, AccountSession } from '@paydesk/contract/account';
import { useState } from 'react';
import { useRevalidator } from 'react-router';
import { callApi } from '../api/call.ts';
import { Card } from '../order/card.tsx';
import { TextField } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { EmailField, PasswordField } from './fields.tsx';
import { Form } from './form.tsx';
import { Sessions } from './sessions.tsx';
import { TwoStep } from './two-step.tsx';
import { useSubmit } from './use-submit.ts';

/** Name, address, password, and where one is signed in. */
export function Details({ account, sessions }: { account: Account; sessions: AccountSession[] }) {
  return (
    <div className="grid gap-6 md:grid-cols-2">
      <Card title="Name">
        <NameForm account={account} />
      </Card>
      <Card title="Email address">
        <EmailForm account={account} />
      </Card>
      <Card title="Password">
        <PasswordForm />
      </Card>
      <TwoStep isOn={account.hasTwoFactor} />
      <Sessions sessions={sessions} />
    </div>
  );
}

function NameForm({ account }: { account: Account }) {
  const [done, setDone] = useState(false);
  const { revalidate } = useRevalidator();
  const form = useSubmit(async ({ name }) => {
    await callApi('POST', '/api/auth/update-user', { body: { name } });
    setDone(true);
    await revalidate();
  });
  return (
    <Form {...form} isMinor action="Save name" busyText="Saving…">
      <TextField
        id="name"
        label="Name"
        autoComplete="name"
        defaultValue={account.name}
        maxLength={120}
        required
      />
      {done && <Done>Saved.</Done>}
    </Form>
  );
}

function EmailForm({ account }: { account: Account }) {
  const [wanted, setWanted] = useState<string | null>(null);
  const form = useSubmit(async ({ newEmail }) => {
    await callApi('POST', '/api/auth/change-email', { body: { newEmail, callbackURL: '/account' } });
    setWanted(newEmail ?? null);
  });
  return (
    <Form {...form} isMinor action="Change address" busyText="Sending…">
      <p>{account.email}</p>
      <EmailField id="newEmail" label="New address" />
      {wanted && (
        <Done>
          We have sent a link to {account.email}. Follow it, and then the one that goes to {wanted}.
        </Done>
      )}
    </Form>
  );
}

function PasswordForm() {
  const [done, setDone] = useState(false);
  const form = useSubmit(async ({ currentPassword, newPassword }) => {
    await callApi('POST', '/api/auth/change-password', {
      body: { currentPassword, newPassword, revokeOtherSessions: true },
    });
    setDone(true);
  });
  return (
    <Form {...form} isMinor action="Change password" busyText="Changing…">
      <PasswordField id="currentPassword" label="Present password" />
      <PasswordField id="newPassword" label="New password" isNew />
      {done && <Done>Changed. Other devices are signed out.</Done>}
    </Form>
  );
}

function Done({ children }: { children: React.ReactNode }) {
  return (
    <Notice tone="info" role="status">
      {children}
    </Notice>
  );
}
