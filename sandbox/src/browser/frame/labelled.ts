import { countries } from '../shared/countries.ts';
import { element } from '../shared/dom.ts';

/** Fields with a label above and a message below, as the Payment, Address and e-mail Elements draw them. */

export interface TextInputOptions {
  /** Keeps ids of different Elements apart; the merchant's tests look for `payment-numberInput` and the like. */
  scope: string;
  name: string;
  autocomplete: string;
  placeholder?: string;
  type?: 'text' | 'email' | 'tel';
  inputMode?: 'text' | 'numeric' | 'email' | 'tel';
  required?: boolean;
}

export function textInput(options: TextInputOptions): HTMLInputElement {
  const { scope, name, autocomplete, placeholder = '', type = 'text', inputMode = 'text' } = options;
  return element('input', {
    id: `${scope}-${name}Input`,
    class: 'Input',
    name,
    type,
    inputmode: inputMode,
    autocomplete,
    placeholder,
    spellcheck: 'false',
    'aria-describedby': `${scope}-${name}Error`,
    'aria-invalid': 'false',
    'aria-required': String(options.required !== false),
  });
}

export interface ChoiceOptions {
  scope: string;
  name: string;
  autocomplete: string;
}

export function choiceInput({ scope, name, autocomplete }: ChoiceOptions): HTMLSelectElement {
  return element('select', {
    id: `${scope}-${name}Input`,
    class: 'Input',
    name,
    autocomplete,
    'aria-describedby': `${scope}-${name}Error`,
    'aria-invalid': 'false',
  });
}

/** The country chosen at first is the given one, if it may be chosen. */
export function countryInput(
  options: ChoiceOptions,
  chosen: string,
  allowed: string[] | null,
): HTMLSelectElement {
  const select = choiceInput(options);
  const offered = countries().filter(({ code }) => allowed === null || allowed.includes(code));
  for (const { code, name } of offered) select.append(element('option', { value: code }, name));
  select.value = offered.some(({ code }) => code === chosen) ? chosen : (offered[0]?.code ?? '');
  return select;
}

export function labelled(text: string, input: HTMLElement, extra?: HTMLElement): HTMLElement {
  const name = input.getAttribute('name')!;
  return element(
    'div',
    { class: 'field', 'data-field': name },
    element('label', { class: 'Label', for: input.id }, text),
    element('div', { class: 'control' }, input, ...(extra ? [extra] : [])),
    element('p', { class: 'Error', id: input.getAttribute('aria-describedby')!, 'aria-live': 'polite' }),
  );
}

export function fieldOf(input: HTMLElement): HTMLElement {
  return input.closest<HTMLElement>('[data-field]')!;
}

export function isShown(input: HTMLElement): boolean {
  return !fieldOf(input).hidden;
}

export function messageOf(input: HTMLElement): HTMLElement | null {
  return fieldOf(input).querySelector('.Error');
}

export function setLabel(input: HTMLElement, text: string): void {
  const label = fieldOf(input).querySelector('label')!;
  if (label.textContent !== text) label.textContent = text;
}
