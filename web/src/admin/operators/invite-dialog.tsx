import { useState } from 'react';
import { EmailField } from '../../account/fields.tsx';
import { SelectField } from '../../parts/field.tsx';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { roles } from './roles.ts';

export function InviteDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const [invited, setInvited] = useState('');
  return (
    <>
      <ActionDialog
        open={open}
        onClose={onClose}
        title="Invite somebody"
        path="/api/admin/operators/invitations"
        action="Send the invitation"
        busyText="Sending…"
        bodyOf={(form) => {
          const email = String(form.get('email')).trim();
          if (!/^\S+@\S+$/.test(email)) return 'Enter an e-mail address.';
          setInvited(email);
          return { email, role: form.get('role') };
        }}
      >
        <p className="text-muted">
          They get a link by mail that makes them an operator. It works once, for a week.
        </p>
        <EmailField />
        <SelectField id="role" label="Role" options={roles} defaultValue="viewer" />
      </ActionDialog>
      <p role="status" className="sr-only">
        {!open && invited !== '' && `An invitation is on its way to ${invited}.`}
      </p>
    </>
  );
}
