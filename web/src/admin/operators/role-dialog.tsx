import type { Operators } from '@paydesk/contract/admin/operators';
import { SelectField } from '../../parts/field.tsx';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { roles } from './roles.ts';

type RoleDialogProps = { operator: Operators['operators'][number] | null; onClose(): void };

const choices = [...roles, { code: 'none', name: 'None: a customer like any other' }];

export function RoleDialog({ operator, onClose }: RoleDialogProps) {
  return (
    <ActionDialog
      key={operator?.id}
      open={operator !== null}
      onClose={onClose}
      title="Change the role"
      path={`/api/admin/operators/${operator?.id}/role`}
      action="Change"
      bodyOf={(form) => ({ role: form.get('role') })}
    >
      <p>
        What {operator?.name} ({operator?.email}) may do, from the next click on.
      </p>
      <SelectField id="role" label="Role" options={choices} defaultValue={operator?.role} />
    </ActionDialog>
  );
}
