import { digitsOf } from './card.ts';

/**
 * Rewrites what is typed into the given format and keeps the caret behind the digit it was behind,
 * so that a digit can be corrected in the middle of a number.
 */
export function maskInput(
  input: HTMLInputElement,
  format: (text: string, deleting: boolean) => string,
): void {
  input.addEventListener('input', (event) => {
    const deleting = event instanceof InputEvent && event.inputType.startsWith('delete');
    const caret = input.selectionStart ?? input.value.length;
    const atEnd = caret === input.value.length;
    const digitsBefore = digitsOf(input.value.slice(0, caret)).length;
    const formatted = format(input.value, deleting);
    if (formatted === input.value) return;
    input.value = formatted;
    if (document.activeElement !== input) return;
    const position = atEnd ? formatted.length : positionAfterDigits(formatted, digitsBefore);
    input.setSelectionRange(position, position);
  });
}

function positionAfterDigits(text: string, count: number): number {
  let seen = 0;
  for (let position = 0; position < text.length; position++) {
    if (seen === count) return position;
    if (/\d/.test(text[position]!)) seen++;
  }
  return text.length;
}
