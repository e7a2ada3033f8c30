import type { PaymentFlow } from '@paydesk/contract/payments';
import type { App } from '../../../server/src/app/ports.ts';
import type { Shop } from '../../../server/src/app/shop-keeper.ts';
import type { StockedProduct } from '../../../server/src/db/products.ts';
import { idOfMoment } from '../../../server/src/identity.ts';
import type { Random } from '../../random.ts';
import { type Customer, customerOf } from './people.ts';
import { type Counts, Rows } from './rows.ts';

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
/** Prime to 2^40, so that the numbers of all orders differ and none tells how many came before. */
const stride = 728_364_991_537n;
const allNumbers = 1n << 40n;
/** Of the orders, how many are by somebody who has not bought here before. */
const newcomers = 0.4;

export type StageOptions = {
  shop: Shop;
  instanceId: string;
  products: readonly StockedProduct[];
  /** The moment that is now: nothing happens after it. */
  until: number;
  /** Makes all that looks random. */
  random: Random;
};

/** The shop in which orders are played, and what is written of them. Its clock is wherever the story is. */
export class Stage {
  readonly options: StageOptions;
  readonly random: Random;
  readonly products: ReadonlyMap<string, StockedProduct>;
  rows = new Rows();
  counts: Counts = { held: new Map(), uses: new Map() };
  /** What moved on the provider's balance since the last payout, in minor units. */
  balance = 0;
  /** The same in all, with payouts. */
  moved = 0;
  #sequence = 0;
  #known = 0;

  constructor(options: StageOptions) {
    this.options = options;
    this.random = options.random;
    this.products = new Map(options.products.map((product) => [product.id, product]));
  }

  /** What the shop's own functions need of it at that moment. */
  appAt(at: number): App {
    const { shop, instanceId } = this.options;
    const ids = { next: (prefix: string) => this.id(prefix, at) };
    return { shop, instanceId, clock: { now: () => at }, ids } as unknown as App;
  }

  id(prefix: string, at: number): string {
    return idOfMoment(prefix, at, this.text(20));
  }

  /** An id as Stripe makes them: it says nothing of when. Ours do, so that they lie together as they do in Stripe's lists. */
  ref(prefix: string, at: number): string {
    return idOfMoment(prefix, at, this.text(14));
  }

  text(length: number): string {
    let text = '';
    while (text.length < length) {
      let bits = Math.floor(this.random.next() * 2 ** 30);
      for (let each = 0; each < 6; each += 1, bits >>>= 5) text += letters[bits & 31];
    }
    return text.slice(0, length);
  }

  number(): string {
    this.#sequence += 1;
    let rest = (BigInt(this.#sequence) * stride + 417_112_233n) % allNumbers;
    let text = '';
    for (let each = 0; each < 8; each += 1, rest >>= 5n) text += letters[Number(rest & 31n)];
    text = text.toUpperCase();
    return `${text.slice(0, 4)}-${text.slice(4)}`;
  }

  /** Somebody who buys at that moment, for the first time or again; whoever has an account has had it since their first order. */
  customer(at: number): { customer: Customer; personId: string | null } {
    const isNew = this.#known === 0 || this.random.chance(newcomers);
    const index = isNew ? this.#known : this.random.whole(0, this.#known - 1);
    if (isNew) this.#known += 1;
    const customer = customerOf(index, [...this.options.shop.countries.keys()]);
    if (!customer.hasAccount) return { customer, personId: null };
    const personId = `per_seed${String(index).padStart(8, '0')}`;
    if (isNew) this.#addPerson(personId, customer, at);
    return { customer, personId };
  }

  #addPerson(id: string, { contact }: Customer, at: number): void {
    const moment = new Date(at).toISOString();
    this.rows.add('people', {
      id,
      name: `${contact.firstName} ${contact.lastName}`,
      email: contact.email,
      email_verified: 1,
      image: null,
      role: 'customer',
      two_factor_enabled: 0,
      created_at: moment,
      updated_at: moment,
    });
  }
}

/** What an attempt is made with. */
export type Way = { provider: 'stripe' | 'bank-transfer'; flow: PaymentFlow };
