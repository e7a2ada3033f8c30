import type { Field } from '../shared/fields.ts';

export type Inputs = HTMLInputElement | HTMLSelectElement;

interface RuleOptions {
  /** The name under which the API's refusals find the field, when it is not the input's id. */
  name?: string;
  code?: string;
  message: () => string;
  valid: (text: string) => boolean;
}

/** A field of the hosted page, by its id; none when the page does not have it. It does not count while it is hidden. */
export function rule(form: HTMLFormElement, id: string, options: RuleOptions): Field[] {
  const input = form.querySelector<Inputs>(`#${id}`);
  if (!input || input.type === 'hidden') return [];
  const problem = () => ({ code: options.code ?? 'incomplete', message: options.message() });
  return [
    {
      name: options.name ?? id,
      input,
      message: messageOf(input),
      check: () => (input.closest('[hidden]') || options.valid(valueOfInput(input)) ? null : problem()),
      final: () => false,
    },
  ];
}

export function messageOf(input: HTMLElement): HTMLElement | null {
  return document.getElementById(input.getAttribute('aria-describedby') ?? '');
}

export function isPresent(text: string): boolean {
  return text !== '';
}

function valueOfInput(input: Inputs): string {
  if (input instanceof HTMLInputElement && input.type === 'checkbox') return input.checked ? 'yes' : '';
  return input.value.trim();
}
