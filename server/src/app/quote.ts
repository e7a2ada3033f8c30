import { checkAddress } from '@paydesk/contract/address';
import { formatMoney } from '@paydesk/contract/money';
import type { Address } from '@paydesk/contract/orders';
import type { DiscountProblem, Quote, QuoteRequest } from '@paydesk/contract/quote';
import { availableOf, findStocked, firstImage, pricesOf, type StockedProduct } from '../db/products.ts';
import { type Country, countDiscountUses, findDiscount } from '../db/rates.ts';
import type { Minor } from '../domain/money.ts';
import {
  type CartLine,
  type Discount,
  discountProblem,
  priceCart,
  subtotalOf,
  sumPerProduct,
} from '../domain/pricing.ts';
import { AppError } from './errors.ts';
import type { App } from './ports.ts';

/** Prices a cart from our own tables and says what is in stock. Promises nothing and stores nothing. */
export async function quote(app: App, request: QuoteRequest): Promise<Quote> {
  const lines = sumPerProduct(request.items);
  const products = new Map(
    (
      await findStocked(
        app.database.read,
        lines.map((line) => line.productId),
      )
    ).map((p) => [p.id, p]),
  );
  requireProducts(lines, products);
  const country = request.country === undefined ? null : requireCountry(app, request.country);
  const prices = pricesOf([...products.values()]);
  const subtotal = subtotalOf(lines, prices);
  const code = request.discountCode === undefined ? null : normalizeCode(request.discountCode);
  const found = code ? await checkCode(app, code, subtotal, request.email) : null;
  const discount = (found?.problem === null && found.discount) || null;
  const priced = priceCart(lines, prices, discount, country);
  const money = (amount: Minor) => ({ amount, currency: app.shop.currency });
  return {
    lines: priced.lines.map((line) => {
      const product = products.get(line.productId)!;
      return {
        productId: line.productId,
        slug: product.slug,
        name: product.name,
        attribute: product.attribute,
        image: firstImage(product),
        quantity: line.quantity,
        unitPrice: money(line.unitPrice),
        subtotal: money(line.subtotal),
        discount: money(line.discount),
        tax: money(line.tax),
        total: money(line.total),
        available: availableOf(product),
      };
    }),
    itemCount: priced.itemCount,
    subtotal: money(priced.subtotal),
    discount: money(priced.discount),
    discountCode: discount?.code ?? null,
    discountProblem: found?.problem
      ? { code: found.problem, message: discountMessage(app, found.problem, found.discount, subtotal) }
      : null,
    country: country?.code ?? null,
    shipping: country ? money(priced.shipping) : null,
    tax: country ? money(priced.tax) : null,
    taxName: country?.taxName ?? null,
    total: money(priced.total),
  };
}

export function normalizeCode(code: string): string {
  return code.trim().toUpperCase();
}

export function normalizeEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

export function requireProducts(
  lines: readonly CartLine[],
  products: ReadonlyMap<string, StockedProduct>,
): void {
  const unknown = lines.filter((line) => !products.has(line.productId)).map((line) => line.productId);
  if (unknown.length > 0) throw new AppError('product_not_found', { details: { productIds: unknown } });
}

function requireCountry(app: App, code: string) {
  const country = app.shop.countries.get(code);
  if (!country) throw new AppError('country_not_served', { details: { country: code } });
  return country;
}

/** @throws AppError country_not_served, invalid_address */
export function requireAddress(app: App, address: Address): Country {
  const country = requireCountry(app, address.country);
  const problems = checkAddress(address);
  if (problems.length > 0)
    throw new AppError('invalid_address', { message: problems[0]!.message, details: { problems } });
  return country;
}

/** What the shopper reads when a code does not apply: the reason and, where there is one, the way out. */
export function discountMessage(
  app: App,
  problem: DiscountProblem,
  discount: Discount | undefined,
  subtotal: Minor,
): string {
  const date = (at: number | null | undefined) =>
    new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(at ?? 0);
  switch (problem) {
    case 'unknown_code':
      return 'We do not know this code. Check its spelling.';
    case 'not_started':
      return `This code starts on ${date(discount?.startsAt)}.`;
    case 'ended':
      return `This code ended on ${date(discount?.endsAt)}.`;
    case 'minimum_not_reached': {
      const missing = { amount: (discount?.minimumSpend ?? 0) - subtotal, currency: app.shop.currency };
      return `Add ${formatMoney(missing)} more to use this code.`;
    }
    case 'used_up':
      return 'This code has been used up.';
    case 'used_up_for_email':
      return 'This code was already used with this e-mail address.';
  }
}

async function checkCode(
  app: App,
  code: string,
  subtotal: Minor,
  email: string | undefined,
): Promise<{ discount: Discount | undefined; problem: DiscountProblem | null }> {
  const discount = await findDiscount(app.database.read, code);
  const limited = discount !== undefined && discount.maxUsesPerEmail !== null && email !== undefined;
  const usesByEmail = limited ? await countDiscountUses(app.database.read, code, normalizeEmail(email)) : 0;
  return { discount, problem: discountProblem(discount, { now: app.clock.now(), subtotal, usesByEmail }) };
}
