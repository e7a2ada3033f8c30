import { type CardBrand, cardBrand, type Problem } from '../shared/card.ts';
import { cardFields, cardParams } from '../shared/card-fields.ts';
import { type Field, type FieldSet, fieldSet } from '../shared/fields.ts';
import type { FramedType, FrameSetup, FrameUpdate, Options } from '../shared/messages.ts';
import { applyLineStyle } from './appearance.ts';
import { showOneBrand } from './brand-picture.ts';
import { validationError } from './calls.ts';
import { type CardLineParts, cardLineParts } from './card-line-parts.ts';
import { changeReporter } from './change-reporter.ts';
import type { CardForm, Outside } from './frame-form.ts';
import { joinSiblings, type Siblings } from './siblings.ts';

/** The Card Element in one line, and its parts as Elements of their own; the merchant's page shows the messages. */
export class CardLine implements CardForm {
  readonly root: HTMLElement;
  readonly #type: FramedType;
  readonly #parts: CardLineParts;
  readonly #siblings: Siblings;
  readonly #fields: Field[];
  readonly #set: FieldSet;
  readonly #report: () => void;
  #options: Options;
  /** What the sibling frames of a split card last answered. */
  #siblingValues: Record<string, string> = {};

  constructor(setup: FrameSetup, outside: Outside) {
    this.#type = setup.type;
    this.#options = setup.options;
    this.#parts = cardLineParts(setup.type, setup.options);
    this.root = this.#parts.root;
    this.#report = changeReporter(outside, () => this.#describe());
    this.#siblings = this.#join(outside.group);
    this.#fields = this.#buildFields();
    this.#set = fieldSet(this.#fields, () => this.#report());
    this.#apply(setup.options);
    this.#report();
  }

  async validate(): Promise<Problem | null> {
    const own = this.#set.validate();
    if (this.#type !== 'cardNumber') return own;
    const answers = await this.#siblings.askAll();
    this.#siblingValues = Object.fromEntries(answers.map(({ part, value }) => [part, value]));
    return own ?? answers.map(({ problem }) => problem).find((problem) => problem) ?? null;
  }

  async collect(): Promise<{ card: Options; billingDetails: Options }> {
    const { inputs, postal } = this.#parts;
    const expiry = inputs.expiry?.value ?? this.#siblingValues.expiry ?? '';
    const cvc = inputs.cvc?.value ?? this.#siblingValues.cvc ?? '';
    const address = postal && !postal.hidden ? { postal_code: postal.value.trim() } : {};
    return { card: cardParams(inputs.number?.value ?? '', expiry, cvc), billingDetails: { address } };
  }

  show(field: string, problem: Problem): void {
    this.#set.show(field, problem);
    this.#report();
  }

  update({ options = {} }: FrameUpdate): void {
    this.#options = { ...this.#options, ...options };
    this.#apply(options);
  }

  focus(): void {
    (this.#fields.find((field) => field.check()) ?? this.#fields[0]!).input.focus();
  }

  blur(): void {
    (document.activeElement as HTMLElement | null)?.blur();
  }

  clear(): void {
    this.#set.clear();
  }

  #join(group: string): Siblings {
    const { number, expiry, cvc } = this.#parts.inputs;
    return joinSiblings(group, {
      brandChanged: () => this.#report(),
      ask: () => ({ value: (expiry ?? cvc)?.value ?? '', problem: this.#set.validate() }),
      part: number ? null : expiry ? 'expiry' : 'cvc',
    });
  }

  #buildFields(): Field[] {
    const { inputs, icon, postal } = this.#parts;
    const card = cardFields(inputs, {
      messageOf: () => null,
      brand: () => this.#brand(),
      brandChanged: (brand) => {
        if (icon) showOneBrand(icon, brand);
        this.#siblings.tellBrand(brand);
      },
    });
    return postal ? [...card, postalField(postal)] : card;
  }

  #brand(): CardBrand {
    const { number } = this.#parts.inputs;
    return number ? cardBrand(number.value) : this.#siblings.brand();
  }

  #apply(changed: Options): void {
    const { postal, icon } = this.#parts;
    const isWhole = this.#type === 'card';
    if (changed.style) applyLineStyle(changed.style);
    for (const { input } of this.#fields) input.disabled = this.#options.disabled === true;
    if (postal) postal.hidden = this.#options.hidePostalCode === true;
    if (postal && changed.value?.postalCode !== undefined) postal.value = changed.value.postalCode;
    if (icon) icon.hidden = isWhole ? this.#options.hideIcon === true : this.#options.showIcon !== true;
    if (!isWhole && changed.placeholder !== undefined) {
      this.#fields[0]!.input.setAttribute('placeholder', changed.placeholder);
    }
  }

  #describe(): Options {
    const shown = this.#set.shownProblem();
    const empty = this.#fields.every((field) => field.input.value === '');
    const complete = this.#set.firstProblem() === null;
    const state = { invalid: shown !== null, complete, empty };
    for (const [name, on] of Object.entries(state)) this.root.classList.toggle(name, on);
    const payload: Options = { empty, complete, error: shown ? validationError(shown) : undefined };
    if (this.#parts.inputs.number) payload.brand = this.#brand();
    if (this.#type === 'card') payload.value = { postalCode: this.#parts.postal?.value ?? '' };
    return payload;
  }
}

function postalField(input: HTMLInputElement): Field {
  return {
    name: 'postalCode',
    input,
    message: null,
    check() {
      if (input.hidden || input.value.trim().length >= 3) return null;
      return { code: 'incomplete_zip', message: 'Your postal code is incomplete.' };
    },
    final: () => false,
  };
}
