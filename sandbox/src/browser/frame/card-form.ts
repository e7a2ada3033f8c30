import type { Problem } from '../shared/card.ts';
import type { Options } from '../shared/messages.ts';

/** What a form in a frame can do, whichever way it looks. */
export interface CardForm {
  root: HTMLElement;
  /** Shows what is missing and returns the first problem; asks sibling frames too where a card is split. */
  validate(): Promise<Problem | null>;
  /** The card and the billing details as the API takes them. */
  collect(): Promise<{ card: Options; billingDetails: Options }>;
  /** Shows a problem the API found at the field it concerns. */
  show(field: string, problem: Problem): void;
  update(changes: { options?: Options; appearance?: Options }): void;
  focus(): void;
  blur(): void;
  clear(): void;
  collapse?(): void;
}

export interface Outside {
  emit(event: string, payload?: Options): void;
  group: string;
}
