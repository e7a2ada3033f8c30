/** Up to three fields of the shop's own on the page (`Checkout.SessionCreateParams.CustomField`). */
import type { CheckoutSession, PaymentLink } from '../objects.ts';
import { invalidRequest, missingParameter } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { arrayOf, boolean, hash, integer, oneOf, required, text } from '../wire/schema.ts';

const MOST_FIELDS = 3;
const MOST_OPTIONS = 200;
const LONGEST_VALUE = 255;

type CustomField = CheckoutSession['custom_fields'][number];
type LinkField = PaymentLink['custom_fields'][number];

const lengths = {
  default_value: text(LONGEST_VALUE),
  maximum_length: integer(1, LONGEST_VALUE),
  minimum_length: integer(0, LONGEST_VALUE),
};
const fields = {
  dropdown: hash({
    default_value: text(100),
    options: required(arrayOf(hash({ label: required(text(100)), value: required(text(100)) }))),
  }),
  key: required(text(200)),
  label: required(hash({ custom: required(text(50)), type: required(oneOf('custom')) })),
  numeric: hash(lengths),
  optional: boolean(),
  text: hash(lengths),
  type: required(oneOf('dropdown', 'numeric', 'text')),
};
export const customFieldsParameter = arrayOf(hash(fields));
type FieldInput = Values<typeof fields>;

/** What the customer entered: one value per field, by its key. */
export const enteredFieldsParameter = arrayOf(hash({ key: required(text(200)), value: text(LONGEST_VALUE) }));
type EnteredField = { key: string; value?: string };

/** @throws ApiError 400 for more than three, for keys that repeat, or a dropdown without options */
export function readCustomFields(given: readonly FieldInput[] = []): CustomField[] {
  if (given.length > MOST_FIELDS) {
    throw invalidRequest(`At most ${MOST_FIELDS} custom fields can be given.`, undefined, 'custom_fields');
  }
  return given.map((input, index) => {
    const name = `custom_fields[${index}]`;
    if (!/^[A-Za-z0-9]+$/.test(input.key)) {
      throw invalidRequest('A key can only hold letters and digits.', undefined, `${name}[key]`);
    }
    if (given.findIndex(({ key }) => key === input.key) !== index) {
      throw invalidRequest('Keys of custom fields must differ.', undefined, `${name}[key]`);
    }
    return customField(input, name);
  });
}

/**
 * The session's fields with what the customer entered.
 * @throws ApiError 400 for a value that is missing or does not fit its field
 */
export function enteredFields(
  fields: readonly CustomField[],
  entered: readonly EnteredField[] = [],
): CustomField[] {
  return fields.map((field, index) => {
    const value = entered.find(({ key }) => key === field.key)?.value ?? null;
    const name = `custom_fields[${index}][value]`;
    if (value === null && !field.optional) throw missingParameter(name);
    if (value !== null && !fits(field, value)) {
      const label = field.label.custom ?? field.key;
      throw invalidRequest(`The value of “${label}” is not one it takes.`, undefined, name);
    }
    const copy = structuredClone(field);
    const part = copy.dropdown ?? copy.numeric ?? copy.text;
    if (part !== undefined) part.value = value;
    return copy;
  });
}

/** The fields of a payment link: nobody has entered anything into them. */
export function withoutValues(fields: readonly CustomField[]): LinkField[] {
  return fields.map((field) => {
    const { value: _, ...part } = partOf(field);
    return { ...field, [field.type]: part } as LinkField;
  });
}

/** The fields of a session that a payment link opens. */
export function withEmptyValues(fields: readonly LinkField[]): CustomField[] {
  return fields.map(
    (field) => ({ ...field, [field.type]: { ...partOf(field), value: null } }) as CustomField,
  );
}

function partOf(field: LinkField): object & { value?: unknown } {
  return field.dropdown ?? field.numeric ?? field.text!;
}

function customField(input: FieldInput, name: string): CustomField {
  const { key, label, optional = false, type } = input;
  const common = { key, label, optional, type };
  if (type !== 'dropdown') {
    const { default_value = null, maximum_length = null, minimum_length = null } = input[type] ?? {};
    return { ...common, [type]: { default_value, maximum_length, minimum_length, value: null } };
  }
  const options = input.dropdown?.options ?? [];
  if (options.length === 0) throw missingParameter(`${name}[dropdown][options]`);
  if (options.length > MOST_OPTIONS) {
    const message = `At most ${MOST_OPTIONS} options can be given.`;
    throw invalidRequest(message, undefined, `${name}[dropdown][options]`);
  }
  const default_value = input.dropdown?.default_value ?? null;
  return { ...common, dropdown: { default_value, options, value: null } };
}

function fits(field: CustomField, value: string): boolean {
  if (field.dropdown !== undefined) return field.dropdown.options.some((option) => option.value === value);
  const { minimum_length: least, maximum_length: most } = field.numeric ?? field.text!;
  if (field.numeric !== undefined && !/^\d+$/.test(value)) return false;
  return value.length >= (least ?? 0) && value.length <= (most ?? LONGEST_VALUE);
}
