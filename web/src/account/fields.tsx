import { passwordLength } from '@paydesk/contract/password';
import { TextField } from '../parts/field.tsx';

type EmailFieldProps = { id?: string; label?: string; defaultValue?: string | undefined };

export function EmailField({ id = 'email', label = 'Email', defaultValue }: EmailFieldProps) {
  return (
    <TextField
      id={id}
      label={label}
      type="email"
      inputMode="email"
      autoComplete="email"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={254}
      defaultValue={defaultValue}
      required
    />
  );
}

type PasswordFieldProps = { id?: string; label?: string; isNew?: boolean; autoFocus?: boolean };

/** Nothing keeps a password manager from filling it in, nor anybody from pasting. */
export function PasswordField({
  id = 'password',
  label = 'Password',
  isNew = false,
  autoFocus = false,
}: PasswordFieldProps) {
  return (
    <TextField
      id={id}
      label={label}
      type="password"
      autoComplete={isNew ? 'new-password' : 'current-password'}
      minLength={isNew ? passwordLength.least : 1}
      maxLength={passwordLength.most}
      required
      autoFocus={autoFocus}
      {...(isNew && {
        hint: `At least ${passwordLength.least} characters. A few words are easier to remember than signs.`,
      })}
    />
  );
}
