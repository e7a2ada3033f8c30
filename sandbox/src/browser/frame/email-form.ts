import type { Problem } from '../shared/card.ts';
import { element } from '../shared/dom.ts';
import { type FieldSet, fieldSet } from '../shared/fields.ts';
import type { FrameSetup, FrameUpdate, Options } from '../shared/messages.ts';
import { applyAppearance } from './appearance.ts';
import { changeReporter } from './change-reporter.ts';
import type { OpenForm, Outside } from './frame-form.ts';
import { labelled, messageOf, textInput } from './labelled.ts';

/**
 * The Link Authentication Element and the Contact Details Element. At Stripe an address that has a Link account
 * would be offered to log in; the sandbox knows no Link accounts, so it is an e-mail field and nothing more.
 */
export class EmailForm implements OpenForm {
  readonly root: HTMLElement;
  readonly #input: HTMLInputElement;
  readonly #set: FieldSet;

  constructor(setup: FrameSetup, outside: Outside) {
    this.#input = textInput({
      scope: 'Field',
      name: 'email',
      autocomplete: 'email',
      type: 'email',
      inputMode: 'email',
      placeholder: 'you@example.com',
    });
    this.#input.value = setup.options.defaultValues?.email ?? '';
    this.root = element('div', { class: 'payment email' }, labelled('Email', this.#input));
    const report = changeReporter(outside, () => this.describe());
    const field = {
      name: 'email',
      input: this.#input,
      message: messageOf(this.#input),
      check: () => emailProblem(this.#input.value),
      final: () => false,
    };
    this.#set = fieldSet([field], report);
    applyAppearance(setup.appearance);
    report();
  }

  async validate(): Promise<Problem | null> {
    return this.#set.validate();
  }

  describe(): Options {
    const email = this.#input.value.trim();
    return { empty: email === '', complete: emailProblem(email) === null, value: { email } };
  }

  update({ appearance }: FrameUpdate): void {
    if (appearance) applyAppearance(appearance);
  }

  focus(): void {
    this.#input.focus();
  }

  blur(): void {
    this.#input.blur();
  }

  clear(): void {
    this.#set.clear();
  }
}

/** Codes and words are not verified. */
function emailProblem(text: string): Problem | null {
  const email = text.trim();
  if (/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)) return null;
  return email.includes('@') && !email.endsWith('@')
    ? { code: 'email_invalid', message: 'Your email is invalid.' }
    : { code: 'incomplete_email', message: 'Your email is incomplete.' };
}
