import { useState } from 'react';
import { useRevalidator } from 'react-router';
import { callApi } from '../api/call.ts';
import { Card } from '../order/card.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { TextField } from '../parts/field.tsx';
import { PasswordField } from './fields.tsx';
import { Form } from './form.tsx';
import { useSubmit } from './use-submit.ts';

type SetUp = { totpURI: string; backupCodes: string[] };

/** A code from an app besides the password. */
export function TwoStep({ isOn }: { isOn: boolean }) {
  const [setUp, setSetUp] = useState<SetUp | null>(null);
  return (
    <Card title="Sign-in in two steps">
      {setUp ? (
        <Confirm setUp={setUp} done={() => setSetUp(null)} />
      ) : isOn ? (
        <Off />
      ) : (
        <On begin={setSetUp} />
      )}
    </Card>
  );
}

function On({ begin }: { begin(setUp: SetUp): void }) {
  const form = useSubmit(async ({ twoStepPassword: password }) => {
    begin(await callApi<SetUp>('POST', '/api/auth/two-factor/enable', { body: { password } }));
  });
  return (
    <Form {...form} isMinor action="Set up" busyText="Setting up…">
      <p className="text-muted">Besides your password, a code from an app on your phone.</p>
      <PasswordField id="twoStepPassword" label="Your password" />
    </Form>
  );
}

function Confirm({ setUp: { totpURI, backupCodes }, done }: { setUp: SetUp; done(): void }) {
  const { revalidate } = useRevalidator();
  const secret = new URL(totpURI).searchParams.get('secret') ?? '';
  const form = useSubmit(async ({ code = '' }) => {
    await callApi('POST', '/api/auth/two-factor/verify-totp', { body: { code: code.trim() } });
    await revalidate();
    done();
  });
  return (
    <Form {...form} action="Turn on" busyText="Checking…">
      <p>
        Type this key into your authenticator app, or{' '}
        <a href={totpURI} className="text-accent underline underline-offset-4">
          open the app on this device
        </a>
        .
      </p>
      <p className="flex items-center gap-2 break-all font-mono text-sm">
        {secret}
        <CopyButton text={secret} label="Copy key" />
      </p>
      <p>Keep these codes where you find them without your phone. Each works once.</p>
      <ul className="grid grid-cols-2 gap-1 font-mono text-sm">
        {backupCodes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <TextField
        id="code"
        label="Code that the app shows now"
        autoComplete="one-time-code"
        maxLength={6}
        required
      />
    </Form>
  );
}

function Off() {
  const { revalidate } = useRevalidator();
  const form = useSubmit(async ({ twoStepPassword: password }) => {
    await callApi('POST', '/api/auth/two-factor/disable', { body: { password } });
    await revalidate();
  });
  return (
    <Form {...form} isMinor action="Turn off" busyText="Turning off…">
      <p className="text-muted">It is on: signing in asks for a code from your app.</p>
      <PasswordField id="twoStepPassword" label="Your password" />
    </Form>
  );
}
