import type { Address, Contact } from '@paydesk/contract/orders';

export type Customer = { contact: Contact; address: Address; hasAccount: boolean };

const firstNames =
  'Ada Alan Amina Anna Ben Carla Chen Clara Daniel Diego Elena Emma Farid Fiona Grace Hana Hugo Ida Ines Ivan Jana Jonas Kenji Lea Leo Lina Luca Maria Marta Mei Mia Milan Nadia Noah Nora Olga Omar Paul Priya Rosa Sam Sara Sofia Tom Vera Yuki Zoe'.split(
    ' ',
  );
const lastNames =
  'Adams Bauer Berg Brown Chen Costa Dubois Evans Fischer Garcia Hansen Haas Ito Jensen Kaya Keller Kim Klein Kowalski Larsen Lopez Martin Meyer Moreau Moser Nagy Nguyen Novak O’Brien Okafor Olsen Park Patel Petrov Ricci Rossi Santos Sato Schmidt Silva Singh Smith Svensson Tanaka Taylor Vega Weber Wong Young Zhang'.split(
    ' ',
  );
const streets =
  'Elm Street,Main Street,Mill Lane,Station Road,Harbour View,Oak Avenue,Church Street,Park Road'.split(',');

type Town = Pick<Address, 'city' | 'state' | 'postalCode' | 'country'>;

/** Towns with how many of a hundred customers live in them; the rest live in the others, evenly. */
const towns: readonly (Town & { weight: number })[] = [
  { weight: 14, country: 'US', city: 'Springfield', state: 'IL', postalCode: '62701' },
  { weight: 14, country: 'US', city: 'Portland', state: 'OR', postalCode: '97205' },
  { weight: 12, country: 'US', city: 'Austin', state: 'TX', postalCode: '78701' },
  { weight: 8, country: 'GB', city: 'Leeds', postalCode: 'LS1 4DY' },
  { weight: 7, country: 'GB', city: 'London', postalCode: 'E1 6AN' },
  { weight: 9, country: 'DE', city: 'Hamburg', postalCode: '20095' },
  { weight: 7, country: 'FR', city: 'Lyon', postalCode: '69001' },
  { weight: 5, country: 'CA', city: 'Toronto', state: 'ON', postalCode: 'M5V 2T6' },
  { weight: 4, country: 'NL', city: 'Utrecht', postalCode: '3511 CE' },
  { weight: 4, country: 'AU', city: 'Perth', state: 'WA', postalCode: '6000' },
  { weight: 4, country: 'JP', city: 'Chiyoda', state: 'Tokyo', postalCode: '100-0001' },
  { weight: 4, country: 'SE', city: 'Malmö', postalCode: '211 20' },
  { weight: 4, country: 'ES', city: 'Valencia', state: 'Valencia', postalCode: '46001' },
  { weight: 4, country: 'IE', city: 'Galway', postalCode: 'H91 E2F8' },
];

/** The customer of that number: always the same one. */
export function customerOf(index: number, served: readonly string[]): Customer {
  const dice = scramble(index);
  const firstName = firstNames[dice % firstNames.length]!;
  const lastName = lastNames[(dice >>> 8) % lastNames.length]!;
  const name = `${firstName}.${lastName}`.toLowerCase().replace('’', '');
  const town = townOf((dice >>> 4) % 100, served);
  return {
    contact: { email: `${name}.${index}@example.com`, firstName, lastName },
    address: { line1: `${1 + (dice % 180)} ${streets[(dice >>> 12) % streets.length]}`, ...town },
    hasAccount: dice % 10 < 3,
  };
}

function townOf(percent: number, served: readonly string[]): Town {
  const known = towns.filter(({ country }) => served.includes(country));
  const all = known.reduce((sum, { weight }) => sum + weight, 0);
  let left = (percent * all) / 100;
  for (const { weight, ...town } of known) {
    left -= weight;
    if (left < 0) return town;
  }
  return { country: served[0]!, city: 'Springfield', postalCode: '10001' };
}

/** Spreads neighbours far apart. */
function scramble(index: number): number {
  let mixed = Math.imul(index ^ 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
