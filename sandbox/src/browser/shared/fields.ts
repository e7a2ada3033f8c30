import { afterPress } from './after-press.ts';
import type { Problem } from './card.ts';

/** One input with its rule. The message node is absent where the merchant's page shows the message. */
export interface Field {
  name: string;
  input: HTMLInputElement | HTMLSelectElement;
  message: HTMLElement | null;
  check: () => Problem | null;
  /** True when the customer cannot improve the value by typing on, so the problem is shown at once. */
  final: () => boolean;
}

export interface FieldSet {
  fields: Field[];
  firstProblem(): Problem | null;
  /** The first problem that the customer has been shown. */
  shownProblem(): Problem | null;
  /** Shows every problem, moves the focus to the first one and returns it. */
  validate(): Problem | null;
  show(name: string, problem: Problem | null): void;
  clear(): void;
}

/**
 * Decides when problems are shown: never while a value is still being typed, on leaving a field that is not
 * empty, at once when typing on cannot help, and on validate. A shown problem goes away the moment it is fixed.
 */
export function fieldSet(fields: Field[], changed: () => void): FieldSet {
  const shown = new Map<Field, Problem>();

  function show(field: Field, problem: Problem | null): void {
    if (problem) shown.set(field, problem);
    else shown.delete(field);
    field.input.setAttribute('aria-invalid', String(problem !== null));
    if (field.input.classList.contains('Input'))
      field.input.classList.toggle('Input--invalid', problem !== null);
    field.input.closest('[data-field]')?.classList.toggle('invalid', problem !== null);
    if (field.message) field.message.textContent = problem?.message ?? '';
  }

  for (const field of fields) {
    const react = (): void => {
      show(field, shown.has(field) || (field.input.value !== '' && field.final()) ? field.check() : null);
      changed();
    };
    field.input.addEventListener('input', react);
    field.input.addEventListener('change', react);
    field.input.addEventListener('blur', () => {
      if (field.input.value.trim() === '') return;
      afterPress(() => {
        show(field, field.check());
        changed();
      });
    });
  }

  return {
    fields,
    firstProblem: () => fields.map((field) => field.check()).find((problem) => problem !== null) ?? null,
    shownProblem: () => fields.map((field) => shown.get(field)).find((problem) => problem) ?? null,
    validate() {
      for (const field of fields) show(field, field.check());
      const wrong = fields.find((field) => shown.has(field));
      wrong?.input.focus();
      changed();
      return wrong ? shown.get(wrong)! : null;
    },
    show(name, problem) {
      const field = fields.find((candidate) => candidate.name === name);
      if (field) show(field, problem);
    },
    clear() {
      for (const field of fields) {
        if (field.input instanceof HTMLInputElement) field.input.value = '';
        show(field, null);
      }
      changed();
    },
  };
}
