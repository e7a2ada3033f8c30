import {
  type CardBrand,
  cardBrand,
  digitsOf,
  expiryProblem,
  formatCardNumber,
  formatExpiry,
  numberProblem,
  parseExpiry,
  securityCodeLength,
  securityCodeProblem,
} from './card.ts';
import type { Field } from './fields.ts';
import { maskInput } from './masked-input.ts';

export interface CardInputs {
  number: HTMLInputElement | null;
  expiry: HTMLInputElement | null;
  cvc: HTMLInputElement | null;
}

export interface CardFieldsOptions {
  /** Where a field shows its message; null where it shows none. */
  messageOf: (input: HTMLInputElement) => HTMLElement | null;
  /** The brand as far as this document knows it; a frame with the security code alone is told by its sibling. */
  brand: () => CardBrand;
  brandChanged: (brand: CardBrand) => void;
}

/** Gives card inputs their formatting and rules; the caret moves on when a number or an expiry is complete. */
export function cardFields(inputs: CardInputs, options: CardFieldsOptions): Field[] {
  const fields: Field[] = [];
  const { number, expiry, cvc } = inputs;
  if (number) fields.push(numberField(number, options));
  if (expiry) fields.push(expiryField(expiry, options));
  if (cvc) fields.push(securityCodeField(cvc, options));
  if (number && expiry) moveOn(number, expiry, () => numberProblem(number.value) === null);
  if (expiry && cvc) moveOn(expiry, cvc, () => expiryProblem(expiry.value, new Date()) === null);
  return fields;
}

/** The card as the API takes it; an empty part is left out, and the API names it as missing. */
export function cardParams(number: string, expiry: string, cvc: string): Record<string, unknown> {
  const parsed = parseExpiry(expiry);
  return {
    number: digitsOf(number) || undefined,
    exp_month: parsed?.month,
    exp_year: parsed?.year,
    cvc: digitsOf(cvc) || undefined,
  };
}

function numberField(input: HTMLInputElement, options: CardFieldsOptions): Field {
  maskInput(input, formatCardNumber);
  input.addEventListener('input', () => options.brandChanged(cardBrand(input.value)));
  return {
    name: 'number',
    input,
    message: options.messageOf(input),
    check: () => numberProblem(input.value),
    final: () => numberProblem(input.value)?.code === 'invalid_number',
  };
}

function expiryField(input: HTMLInputElement, options: CardFieldsOptions): Field {
  maskInput(input, formatExpiry);
  return {
    name: 'expiry',
    input,
    message: options.messageOf(input),
    check: () => expiryProblem(input.value, new Date()),
    final: () => parseExpiry(input.value) !== null,
  };
}

function securityCodeField(input: HTMLInputElement, options: CardFieldsOptions): Field {
  maskInput(input, (text) => digitsOf(text).slice(0, maximumLength(options.brand())));
  return {
    name: 'cvc',
    input,
    message: options.messageOf(input),
    check: () => securityCodeProblem(input.value, options.brand()),
    final: () => false,
  };
}

function maximumLength(brand: CardBrand): number {
  return brand === 'unknown' ? 4 : securityCodeLength(brand);
}

/** Only typing at the end moves the focus: a correction in the middle leaves the customer where they are. */
function moveOn(from: HTMLInputElement, to: HTMLInputElement, complete: () => boolean): void {
  from.addEventListener('input', (event) => {
    const typing = event instanceof InputEvent && event.inputType === 'insertText';
    const atEnd = from.selectionStart === from.value.length;
    if (typing && atEnd && to.value === '' && complete()) to.focus();
  });
}
