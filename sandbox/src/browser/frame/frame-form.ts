import type { Problem } from '../shared/card.ts';
import type { FrameUpdate, Options } from '../shared/messages.ts';

/** What a form in a frame can do, whichever way it looks. */
export interface FrameForm {
  root: HTMLElement;
  /** Shows what is missing and returns the first problem; asks sibling frames too where a card is split. */
  validate(): Promise<Problem | null>;
  update(changes: FrameUpdate): void;
  focus(): void;
  blur(): void;
  clear(): void;
  collapse?(): void;
}

/** A form that holds a card, or a part of one. */
export interface CardForm extends FrameForm {
  /** The card and the billing details as the API takes them. */
  collect(): Promise<{ card: Options; billingDetails: Options }>;
  /** Shows a problem the API found at the field it concerns. */
  show(field: string, problem: Problem): void;
}

/** A form whose content the merchant's page may know: an address or an e-mail address. */
export interface OpenForm extends FrameForm {
  /** The payload of the `change` event at this moment. */
  describe(): Options;
}

export interface Outside {
  emit(event: string, payload?: Options): void;
  group: string;
}

export function holdsCard(form: FrameForm): form is CardForm {
  return 'collect' in form;
}

export function isOpen(form: FrameForm): form is OpenForm {
  return 'describe' in form;
}
