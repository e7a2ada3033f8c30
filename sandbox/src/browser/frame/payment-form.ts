import { cardBrand, numberProblem, type Problem } from '../shared/card.ts';
import { cardFields, cardParams } from '../shared/card-fields.ts';
import { asksPostalCode, isPostalCode, postalCodeLabel } from '../shared/countries.ts';
import { element } from '../shared/dom.ts';
import { type Field, type FieldSet, fieldSet } from '../shared/fields.ts';
import type { FrameSetup, FrameUpdate, Options } from '../shared/messages.ts';
import { applyAppearance } from './appearance.ts';
import { showBrand } from './brand-picture.ts';
import { changeReporter } from './change-reporter.ts';
import type { CardForm, Outside } from './frame-form.ts';
import { fieldOf, isShown, messageOf, setLabel } from './labelled.ts';
import { type MethodHeader, methodHeader } from './method-header.ts';
import { type PaymentInputs, type PaymentParts, paymentParts } from './payment-parts.ts';

/** The Payment Element: a card form with labels and messages of its own. */
export class PaymentForm implements CardForm {
  readonly root: HTMLElement;
  readonly #inputs: PaymentInputs;
  readonly #header: MethodHeader;
  readonly #set: FieldSet;
  readonly #report: () => void;
  #options: Options;
  #addressElsewhere: boolean;

  constructor(setup: FrameSetup, outside: Outside) {
    this.#options = setup.options;
    this.#addressElsewhere = setup.addressElsewhere;
    const parts = paymentParts(setup.options);
    this.#inputs = parts.inputs;
    this.#report = changeReporter(outside, () => this.#describe());
    this.#header = methodHeader(setup.options.layout, parts.body, () => this.#report());
    this.root = element('div', { class: 'payment AccordionItem' }, this.#header.node, parts.body);
    this.#set = fieldSet(paymentFields(parts), () => this.#report());
    this.#inputs.country.addEventListener('change', () => {
      this.#arrange();
      this.#report();
    });
    applyAppearance(setup.appearance);
    this.#arrange();
    this.#report();
  }

  async validate(): Promise<Problem | null> {
    this.#header.expand();
    return this.#set.validate();
  }

  async collect(): Promise<{ card: Options; billingDetails: Options }> {
    const { number, expiry, cvc, country, postalCode } = this.#inputs;
    const { address = {}, ...person } = this.#options.defaultValues?.billingDetails ?? {};
    const typed: Options = { ...address };
    if (isShown(country)) typed.country = country.value;
    if (isShown(postalCode)) typed.postal_code = postalCode.value.trim();
    const card = cardParams(number.value, expiry.value, cvc.value);
    return { card, billingDetails: { ...person, address: typed } };
  }

  show(field: string, problem: Problem): void {
    this.#set.show(field, problem);
  }

  update(changes: FrameUpdate): void {
    this.#options = { ...this.#options, ...changes.options };
    this.#addressElsewhere = changes.addressElsewhere ?? this.#addressElsewhere;
    if (changes.appearance) applyAppearance(changes.appearance);
    this.#arrange();
  }

  focus(): void {
    const { number, expiry } = this.#inputs;
    (numberProblem(number.value) ? number : expiry).focus();
  }

  blur(): void {
    (document.activeElement as HTMLElement | null)?.blur();
  }

  clear(): void {
    this.#set.clear();
  }

  collapse(): void {
    this.#header.collapse();
  }

  #arrange(): void {
    const { country, postalCode } = this.#inputs;
    const wanted = this.#addressElsewhere ? noAddress : wantedAddress(this.#options);
    fieldOf(country).hidden = !wanted.country;
    fieldOf(postalCode).hidden = !wanted.postalCode || !asksPostalCode(country.value);
    setLabel(postalCode, postalCodeLabel(country.value));
    postalCode.inputMode = /^(US|PR)$/.test(country.value) ? 'numeric' : 'text';
    for (const { input } of this.#set.fields) {
      if (input instanceof HTMLInputElement) input.readOnly = this.#options.readOnly === true;
    }
  }

  #describe(): Options {
    const { number, expiry, cvc } = this.#inputs;
    const collapsed = this.#header.isCollapsed();
    const empty = [number, expiry, cvc].every((input) => input.value === '');
    const complete = !collapsed && this.#set.firstProblem() === null;
    return { empty, complete, collapsed, value: { type: 'card' } };
  }
}

const noAddress = { country: false, postalCode: false };

function paymentFields({ inputs, brands }: PaymentParts): Field[] {
  const { number, expiry, cvc, country, postalCode } = inputs;
  const card = cardFields(
    { number, expiry, cvc },
    { messageOf, brand: () => cardBrand(number.value), brandChanged: (brand) => showBrand(brands, brand) },
  );
  return [...card, postalCodeField(postalCode, country)];
}

function postalCodeField(input: HTMLInputElement, country: HTMLSelectElement): Field {
  return {
    name: 'postalCode',
    input,
    message: messageOf(input),
    check() {
      if (!isShown(input) || isPostalCode(country.value, input.value)) return null;
      return { code: 'incomplete_zip', message: `Your ${postalCodeLabel(country.value)} is incomplete.` };
    },
    final: () => false,
  };
}

/** Stripe asks for the country, and for the postal code where banks check it, unless told never to. */
function wantedAddress(options: Options): { country: boolean; postalCode: boolean } {
  const wanted = options.fields?.billingDetails ?? 'auto';
  const address = typeof wanted === 'string' ? wanted : (wanted.address ?? 'auto');
  const part = (name: string): boolean => (typeof address === 'string' ? address : address[name]) !== 'never';
  return { country: part('country'), postalCode: part('postalCode') };
}
