import { addressFormat, isAddressPostalCode, isPostOfficeBox } from '../shared/address-format.ts';
import type { Problem } from '../shared/card.ts';
import { type Field, type FieldSet, fieldSet } from '../shared/fields.ts';
import type { FrameSetup, FrameUpdate, Options } from '../shared/messages.ts';
import { type AddressInputs, addressParts, areaOf, placeArea, showField } from './address-parts.ts';
import { applyAppearance } from './appearance.ts';
import { changeReporter } from './change-reporter.ts';
import type { OpenForm, Outside } from './frame-form.ts';
import { isShown, messageOf, setLabel } from './labelled.ts';

/**
 * The Address Element, for shipping or for billing. Stripe proposes addresses while one is typed; the sandbox
 * asks nobody, so all fields are there from the start (as Stripe shows them with `autocomplete: disabled`).
 */
export class AddressForm implements OpenForm {
  readonly root: HTMLElement;
  readonly #inputs: AddressInputs;
  readonly #set: FieldSet;
  readonly #report: () => void;
  #options: Options;

  constructor(setup: FrameSetup, outside: Outside) {
    this.#options = setup.options;
    const { root, inputs } = addressParts(setup.options);
    this.root = root;
    this.#inputs = inputs;
    this.#report = changeReporter(outside, () => this.describe());
    this.#set = fieldSet(
      addressFields(inputs, () => this.#options),
      () => this.#report(),
    );
    inputs.country.addEventListener('change', () => {
      this.#arrange();
      this.#report();
    });
    applyAppearance(setup.appearance);
    this.#arrange();
    fill(inputs, setup.options.defaultValues ?? {});
    this.#report();
  }

  async validate(): Promise<Problem | null> {
    return this.#set.validate();
  }

  describe(): Options {
    return {
      elementMode: this.#options.mode,
      empty: shownTexts(this.#inputs).every((input) => input.value.trim() === ''),
      complete: this.#set.firstProblem() === null,
      // The sandbox keeps no contacts to choose from, so every address is a new one.
      isNewAddress: true,
      value: addressValue(this.#inputs),
    };
  }

  update(changes: FrameUpdate): void {
    this.#options = { ...this.#options, ...changes.options };
    if (changes.appearance) applyAppearance(changes.appearance);
    this.#arrange();
    this.#report();
  }

  focus(): void {
    (this.#set.fields.find((field) => field.check()) ?? this.#set.fields[0]!).input.focus();
  }

  blur(): void {
    (document.activeElement as HTMLElement | null)?.blur();
  }

  clear(): void {
    this.#inputs.areaChoice.value = '';
    this.#set.clear();
  }

  /** Shows the fields that the country and the options ask for. */
  #arrange(): void {
    const inputs = this.#inputs;
    const { display = {}, fields = {} } = this.#options;
    const format = addressFormat(inputs.country.value);
    const named = fields.name !== 'never';
    const split = display.name === 'split';
    showField(inputs.name, named && !split);
    showField(inputs.firstName, named && split);
    showField(inputs.lastName, named && split);
    showField(inputs.phone, fields.phone === 'always');
    setLabel(inputs.locality, format.locality);
    placeArea(
      inputs,
      format.administrativeArea?.label ?? 'State',
      format.administrativeArea?.choices ?? null,
    );
    showField(areaOf(inputs), format.administrativeArea !== null);
    setLabel(inputs.postalCode, format.postalCode ?? 'Postal code');
    showField(inputs.postalCode, format.postalCode !== null);
    inputs.postalCode.inputMode = /^(US|PR)$/.test(inputs.country.value) ? 'numeric' : 'text';
  }
}

const incomplete = 'This field is incomplete.';

/** The codes and words of these messages are not verified; Stripe publishes none for addresses. */
function addressFields(inputs: AddressInputs, options: () => Options): Field[] {
  const areaMessage = messageOf(inputs.areaText);
  const required = (input: Field['input'], name: string): Field => ({
    name,
    input,
    message: input === inputs.areaChoice ? areaMessage : messageOf(input),
    check: () => (isAsked(input) && input.value.trim() === '' ? problem(name, incomplete) : null),
    final: () => false,
  });
  const { country, postalCode, phone, addressLine1 } = inputs;
  const area = (input: Field['input']): Field => {
    const field = required(input, 'administrativeArea');
    const needed = (): boolean => addressFormat(country.value).administrativeArea?.required === true;
    return { ...field, check: () => (needed() ? field.check() : null) };
  };
  return [
    required(inputs.name, 'name'),
    required(inputs.firstName, 'firstName'),
    required(inputs.lastName, 'lastName'),
    required(country, 'country'),
    lineField(required(addressLine1, 'addressLine1'), () => options().blockPoBox === true),
    required(inputs.locality, 'locality'),
    area(inputs.areaText),
    area(inputs.areaChoice),
    {
      ...required(postalCode, 'postalCode'),
      check() {
        if (!isAsked(postalCode) || isAddressPostalCode(country.value, postalCode.value)) return null;
        const { postalCode: label } = addressFormat(country.value);
        return problem('postalCode', `Your ${label} is incomplete.`);
      },
    },
    phoneField(required(phone, 'phone'), () => options().validation?.phone?.required !== 'never'),
  ];
}

function lineField(field: Field, refusesBoxes: () => boolean): Field {
  const refused = { code: 'invalid_addressLine1', message: 'This cannot be a PO box.' };
  return {
    ...field,
    check: () => field.check() ?? (refusesBoxes() && isPostOfficeBox(field.input.value) ? refused : null),
  };
}

/** A number is asked for where it is shown, unless the merchant says that it may stay empty. */
function phoneField(field: Field, isRequired: () => boolean): Field {
  return {
    ...field,
    check() {
      if (!isAsked(field.input) || (field.input.value.trim() === '' && !isRequired())) return null;
      const digits = field.input.value.replaceAll(/\D/g, '');
      return digits.length < 5 ? problem('phone', 'Your phone number is incomplete.') : null;
    },
  };
}

function problem(name: string, message: string): Problem {
  return { code: `incomplete_${name}`, message };
}

/** Not in place when it is the other form of the state field. */
function isAsked(input: HTMLElement): boolean {
  return input.closest('[data-field]') !== null && isShown(input);
}

function shownTexts(inputs: AddressInputs): (HTMLInputElement | HTMLSelectElement)[] {
  const { country, ...texts } = inputs;
  return Object.values(texts).filter(isAsked);
}

function fill(inputs: AddressInputs, { address = {}, ...person }: Options): void {
  const [first = '', ...rest] = (person.name ?? '').split(' ');
  inputs.name.value = person.name ?? [person.firstName, person.lastName].filter(Boolean).join(' ');
  inputs.firstName.value = person.firstName ?? first;
  inputs.lastName.value = person.lastName ?? rest.join(' ');
  inputs.addressLine1.value = address.line1 ?? '';
  inputs.addressLine2.value = address.line2 ?? '';
  inputs.locality.value = address.city ?? '';
  inputs.postalCode.value = address.postal_code ?? '';
  inputs.phone.value = person.phone ?? '';
  areaOf(inputs).value = address.state ?? '';
}

/** The phone number is told without its separators; whether Stripe adds a country's prefix is not verified. */
function addressValue(inputs: AddressInputs): Options {
  const text = (input: HTMLElement & { value: string }): string => (isAsked(input) ? input.value.trim() : '');
  const value: Options = { name: text(inputs.name) };
  if (isShown(inputs.firstName)) {
    value.firstName = text(inputs.firstName);
    value.lastName = text(inputs.lastName);
    value.name = `${value.firstName} ${value.lastName}`.trim();
  }
  value.address = {
    line1: text(inputs.addressLine1),
    line2: text(inputs.addressLine2) || null,
    city: text(inputs.locality),
    state: text(areaOf(inputs)),
    postal_code: text(inputs.postalCode),
    country: inputs.country.value,
  };
  if (isShown(inputs.phone)) value.phone = text(inputs.phone).replaceAll(/[^+\d]/g, '');
  return value;
}
