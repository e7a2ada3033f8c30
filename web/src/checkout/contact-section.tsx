import { TextField } from '../parts/field.tsx';
import { isEmail, type TextFieldName } from './checkout-values.ts';
import { suggestEmail } from './suggest-email.ts';
import type { CheckoutForm } from './use-checkout-form.ts';

/** Value, change, blur and error of one field, ready to be spread into its control. */
export function bind(form: CheckoutForm, field: TextFieldName) {
  return {
    id: field,
    value: form.values[field],
    error: form.problems[field],
    onChange: (event: { target: { value: string } }) => form.set(field, event.target.value),
    onBlur: () => form.leave(field),
  };
}

export function ContactSection({ form }: { form: CheckoutForm }) {
  const email = form.values.email.trim();
  const suggestion = isEmail(email) ? suggestEmail(email) : null;
  return (
    <section aria-labelledby="contact">
      <h2 id="contact" className="mb-4 font-semibold text-xl">
        1. Contact
      </h2>
      <TextField
        {...bind(form, 'email')}
        label="Email"
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        hint="So that we can reach you about your order"
      />
      {suggestion && (
        <p className="mt-2 text-sm">
          Did you mean{' '}
          <button
            type="button"
            className="rounded-control py-1 text-accent underline underline-offset-4"
            onClick={() => form.set('email', suggestion)}
          >
            {suggestion}
          </button>
          ?
        </p>
      )}
    </section>
  );
}
