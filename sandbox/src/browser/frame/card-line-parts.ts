import type { CardInputs } from '../shared/card-fields.ts';
import { element } from '../shared/dom.ts';
import type { FramedType, Options } from '../shared/messages.ts';
import { showOneBrand } from './brand-picture.ts';

export interface CardLineParts {
  root: HTMLElement;
  inputs: CardInputs;
  postal: HTMLInputElement | null;
  icon: HTMLElement | null;
}

/** Builds the inputs of a Card Element, or the one of a split field, under Stripe's names. */
export function cardLineParts(type: FramedType, options: Options): CardLineParts {
  const has = (part: FramedType): boolean => type === 'card' || type === part;
  const number = has('cardNumber')
    ? lineInput('cardnumber', 'cc-number', 'Card number', options, type)
    : null;
  const expiry = has('cardExpiry') ? lineInput('exp-date', 'cc-exp', 'MM / YY', options, type) : null;
  const cvc = has('cardCvc') ? lineInput('cvc', 'cc-csc', 'CVC', options, type) : null;
  const postal = type === 'card' ? lineInput('postal', 'billing postal-code', 'ZIP', options, type) : null;
  const icon = number ? element('span', { class: 'icon' }) : null;
  if (icon) showOneBrand(icon, 'unknown');
  const present = [icon, number, expiry, cvc, postal].filter((node) => node !== null);
  const root = element('div', { class: `line ${type}` }, ...present);
  return { root, inputs: { number, expiry, cvc }, postal, icon };
}

const labels: Record<string, string> = {
  cardnumber: 'Credit or debit card number',
  'exp-date': 'Credit or debit card expiration date',
  cvc: 'Credit or debit card CVC/CVV',
  postal: 'ZIP or postal code',
};

function lineInput(
  name: string,
  autocomplete: string,
  placeholder: string,
  options: Options,
  type: FramedType,
): HTMLInputElement {
  const splitDefault = name === 'cardnumber' ? '1234 1234 1234 1234' : placeholder;
  return element('input', {
    name,
    'data-elements-stable-field-name': name,
    type: 'text',
    inputmode: name === 'postal' ? 'text' : 'numeric',
    autocomplete,
    placeholder: type === 'card' ? placeholder : (options.placeholder ?? splitDefault),
    'aria-label': labels[name]!,
    'aria-invalid': 'false',
    spellcheck: 'false',
  });
}
