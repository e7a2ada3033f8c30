import { isPostalCode, postalCodeLabel } from './countries.ts';

/** Which lines an address of a country has, what they are called, and which of them a letter needs. */
export interface AddressFormat {
  locality: string;
  /** Null where addresses of the country are written without a state. */
  administrativeArea: { label: string; choices: Record<string, string> | null; required: boolean } | null;
  /** Null where the country has no postal codes. */
  postalCode: string | null;
}

const withoutPostalCode = 'AE AG AO AW BF BI BJ BO BS BW BZ CD CF CG CI CM DJ DM ER FJ GA GD GH GM GQ GY HK'
  .concat(' JM KI KM KN KP LC ML MO MR MW NR NU PA QA RW SB SC SL SO SR ST SY TD TF TG TK TL TO TT TV UG VU')
  .concat(' WS YE ZW')
  .split(' ');

const stateLabels: Record<string, string> = {
  US: 'State',
  AU: 'State',
  BR: 'State',
  IN: 'State',
  MX: 'State',
  MY: 'State',
  NG: 'State',
  CA: 'Province',
  AR: 'Province',
  CN: 'Province',
  ES: 'Province',
  ID: 'Province',
  IT: 'Province',
  KR: 'Province',
  PH: 'Province',
  TH: 'Province',
  JP: 'Prefecture',
  AE: 'Emirate',
  IE: 'County',
  HK: 'Area',
};

const optionalStates = ['IE', 'KR'];

const cities: Record<string, string> = { GB: 'Town or city', AU: 'Suburb', SE: 'Post town', NO: 'Post town' };

/** Countries whose states are chosen from a list, by their code without the country. */
const stateChoices: Record<string, string> = {
  US: 'AL Alabama|AK Alaska|AS American Samoa|AZ Arizona|AR Arkansas|AA Armed Forces (AA)|AE Armed Forces (AE)|AP Armed Forces (AP)|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|GU Guam|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|MP Northern Mariana Islands|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|PR Puerto Rico|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VI Virgin Islands|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming',
  CA: 'AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NT Northwest Territories|NS Nova Scotia|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon',
  AU: 'ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South Australia|TAS Tasmania|VIC Victoria|WA Western Australia',
};

export function addressFormat(country: string): AddressFormat {
  const label = stateLabels[country];
  return {
    locality: cities[country] ?? 'City',
    administrativeArea: label
      ? { label, choices: choicesOf(country), required: !optionalStates.includes(country) }
      : null,
    postalCode: withoutPostalCode.includes(country) ? null : postalCodeLabel(country),
  };
}

/** Ireland's Eircode exists for every house, but letters arrive without it. */
export function isAddressPostalCode(country: string, text: string): boolean {
  return (country === 'IE' && text.trim() === '') || isPostalCode(country, text);
}

/** Post boxes as people write them in English: "PO Box 12", "P.O. Box 12". */
export function isPostOfficeBox(line: string): boolean {
  return /^\s*p\.?\s*o\.?\s*box\b/i.test(line);
}

function choicesOf(country: string): Record<string, string> | null {
  const list = stateChoices[country]?.split('|');
  if (!list) return null;
  return Object.fromEntries(
    list.map((entry) => [entry.slice(0, entry.indexOf(' ')), entry.slice(entry.indexOf(' ') + 1)]),
  );
}
