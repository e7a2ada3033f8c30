import type { FieldProblem } from './errors.ts';
import type { Address } from './orders.ts';
import { type Region, regionsOf } from './regions.ts';

export type AddressFieldRule = {
  use: 'required' | 'optional' | 'hidden';
  label: string;
  /** Matched against the value in upper case without spaces, hyphens and dots. */
  pattern?: RegExp;
  example?: string;
  options?: readonly Region[];
  /** All digits: a phone may show its number pad. */
  numeric?: boolean;
  /** What to tell a person whose value is missing or does not match. */
  problem: string;
};

export type AddressRules = {
  fields: { city: AddressFieldRule; state: AddressFieldRule; postalCode: AddressFieldRule };
  /** The postal code is written before the rest of the address. */
  postalFirst?: boolean;
};

/** An address as it stands in a form: any part may be missing or blank. */
export type AddressInput = { country: string } & {
  [Part in Exclude<keyof Address, 'country'>]?: string | undefined;
};

/** Which parts an address needs in a country, and what they are called there. `country` is ISO 3166-1 alpha-2. */
export function addressRules(country: string): AddressRules {
  return rulesOf[country.toUpperCase()] ?? otherCountries;
}

/** What is missing or wrong in an address, in the order of the form; empty when it is complete for its country. */
export function checkAddress(address: AddressInput): FieldProblem[] {
  const { fields, postalFirst } = addressRules(address.country);
  const order = postalFirst ? postalFirstOrder : usualOrder;
  const problems = isBlank(address.line1)
    ? [{ path: '/shippingAddress/line1', message: 'Enter an address' }]
    : [];
  for (const part of order) {
    if (!fits(address[part], fields[part], part)) {
      problems.push({ path: `/shippingAddress/${part}`, message: fields[part].problem });
    }
  }
  return problems;
}

/**
 * The same address as it should be stored: trimmed, blank and unused parts left out, a listed region as its code, a
 * postal code as its country writes it. It changes nothing that `checkAddress` would refuse.
 */
export function normalizeAddress(address: AddressInput): Address {
  const { fields } = addressRules(address.country);
  const normal: Address = { line1: squeeze(address.line1 ?? ''), country: address.country.toUpperCase() };
  const line2 = squeeze(address.line2 ?? '');
  if (line2) normal.line2 = line2;
  for (const part of usualOrder) {
    const value = squeeze(address[part] ?? '');
    if (!value || fields[part].use === 'hidden') continue;
    if (part === 'postalCode') normal[part] = formatPostalCode(value, fields[part]);
    else normal[part] = findRegion(value, fields[part].options)?.code ?? value;
  }
  return normal;
}

const usualOrder = ['city', 'state', 'postalCode'] as const;
const postalFirstOrder = ['postalCode', 'state', 'city'] as const;

function fits(value: string | undefined, rule: AddressFieldRule, part: (typeof usualOrder)[number]): boolean {
  if (rule.use === 'hidden') return true;
  if (isBlank(value)) return rule.use === 'optional';
  if (rule.options) return findRegion(value!, rule.options) !== undefined;
  return part !== 'postalCode' || !rule.pattern || rule.pattern.test(compact(value!));
}

function findRegion(value: string, options: readonly Region[] | undefined): Region | undefined {
  const wanted = plain(value);
  return options?.find((region) => plain(region.code) === wanted || plain(region.name) === wanted);
}

/** Accents, case, dots and spaces do not decide whether two names mean the same region. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\s.-]/gu, '')
    .toLowerCase();
}

/** NFKC because Japanese keyboards type digits in full width. */
function compact(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s.\p{Pd}]/gu, '')
    .toUpperCase();
}

/** Writes a postal code with the space or hyphen that its country uses, counted from the end because British ones vary. */
function formatPostalCode(value: string, { pattern, example = '' }: AddressFieldRule): string {
  const separator = /[ -]/.exec(example);
  if (!separator || !pattern?.test(compact(value))) return value.normalize('NFKC').toUpperCase();
  const tail = example.length - separator.index - 1;
  const code = compact(value);
  return `${code.slice(0, -tail)}${separator[0]}${code.slice(-tail)}`;
}

function squeeze(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

const hidden: AddressFieldRule = { use: 'hidden', label: '', problem: '' };
const city = required('City', 'Enter a city');
const town = required('Town or city', 'Enter a town or city');

function required(label: string, problem: string): AddressFieldRule {
  return { use: 'required', label, problem };
}

function optional(label: string): AddressFieldRule {
  return { use: 'optional', label, problem: '' };
}

function listed(label: string, problem: string, country: string): AddressFieldRule {
  return { ...required(label, problem), options: regionsOf[country]! };
}

/** A postal code of exactly `count` digits. */
function digits(count: number, example: string, label = 'Postal code'): AddressFieldRule {
  const problem = `Enter a ${nameInSentence(label)} with ${count} digits`;
  return { ...required(label, problem), pattern: new RegExp(`^\\d{${count}}$`), example, numeric: true };
}

function nameInSentence(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.toLowerCase();
}

function cityAndDigits(count: number, example: string): AddressRules {
  return { fields: { city, state: hidden, postalCode: digits(count, example) } };
}

const otherCountries: AddressRules = {
  fields: { city, state: optional('Region'), postalCode: optional('Postal code') },
};

// Which parts a country needs follows the address model of Google's libaddressinput; the patterns are those of the
// national posts. Where a list is long and nobody would look for a wrong value (Italy, Spain) the field is free text.
const rulesOf: Record<string, AddressRules> = {
  US: {
    fields: {
      city,
      state: listed('State', 'Select a state', 'US'),
      postalCode: {
        ...digits(5, '10001', 'ZIP code'),
        pattern: /^\d{5}(\d{4})?$/,
      },
    },
  },
  CA: {
    fields: {
      city,
      state: listed('Province', 'Select a province', 'CA'),
      postalCode: {
        ...required('Postal code', 'Enter a postal code like K1A 0B1'),
        pattern: /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d$/,
        example: 'K1A 0B1',
      },
    },
  },
  AU: {
    fields: {
      city: required('Suburb', 'Enter a suburb'),
      state: listed('State or territory', 'Select a state or territory', 'AU'),
      postalCode: digits(4, '2000', 'Postcode'),
    },
  },
  GB: {
    fields: {
      city: town,
      state: hidden,
      postalCode: {
        ...required('Postcode', 'Enter a postcode like SW1A 1AA'),
        pattern: /^(GIR0AA|[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2})$/,
        example: 'SW1A 1AA',
      },
    },
  },
  IE: {
    fields: {
      city: town,
      state: optional('County'),
      postalCode: {
        ...optional('Eircode'),
        pattern: /^([AC-FHKNPRTV-Y]\d\d|D6W)[AC-FHKNPRTV-Y\d]{4}$/,
        example: 'D02 AF30',
        problem: 'Enter an Eircode like D02 AF30, or leave it empty',
      },
    },
  },
  DE: cityAndDigits(5, '10115'),
  AT: cityAndDigits(4, '1010'),
  CH: cityAndDigits(4, '8001'),
  FR: cityAndDigits(5, '75001'),
  BE: cityAndDigits(4, '1000'),
  SE: cityAndDigits(5, '111 22'),
  DK: cityAndDigits(4, '1050'),
  NO: cityAndDigits(4, '0150'),
  FI: cityAndDigits(5, '00100'),
  NL: {
    fields: {
      city,
      state: hidden,
      postalCode: {
        ...required('Postal code', 'Enter a postal code like 1012 AB'),
        pattern: /^\d{4}[A-Z]{2}$/,
        example: '1012 AB',
      },
    },
  },
  IT: { fields: { city, state: required('Province', 'Enter a province'), postalCode: digits(5, '00184') } },
  ES: { fields: { city, state: required('Province', 'Enter a province'), postalCode: digits(5, '28013') } },
  JP: {
    fields: {
      city: required('City or ward', 'Enter a city or ward'),
      state: listed('Prefecture', 'Select a prefecture', 'JP'),
      postalCode: digits(7, '100-0001'),
    },
    postalFirst: true,
  },
  BR: {
    fields: {
      city,
      state: listed('State', 'Select a state', 'BR'),
      postalCode: digits(8, '01310-100', 'CEP'),
    },
  },
  MX: { fields: { city, state: listed('State', 'Select a state', 'MX'), postalCode: digits(5, '06000') } },
  IN: {
    fields: {
      city,
      state: listed('State', 'Select a state', 'IN'),
      postalCode: digits(6, '110001', 'PIN code'),
    },
  },
  SG: { fields: { city: hidden, state: hidden, postalCode: digits(6, '049483') } },
  HK: {
    fields: {
      city: optional('District'),
      state: listed('Region', 'Select a region', 'HK'),
      postalCode: hidden,
    },
  },
  AE: { fields: { city: hidden, state: listed('Emirate', 'Select an emirate', 'AE'), postalCode: hidden } },
};
