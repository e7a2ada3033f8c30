/** Tokens (docs.stripe.com/api/tokens): a card that a browser typed, to be used once. */
import { cardWithName } from '../cards.ts';
import type { Token } from '../objects.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { emptyable, hash, integer, text, unbuilt, withoutEffect } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';
import { checkCard, namedCard } from './card-input.ts';
import { type Described, describeCard } from './describe-method.ts';
import { addressOf, cardAddress, cardShape } from './legacy-card.ts';

const fields = {
  number: text(),
  exp_month: integer(),
  exp_year: integer(),
  cvc: text(),
  ...cardAddress,
  currency: unbuilt(),
  name: emptyable(text()),
  networks: withoutEffect(),
};
export const tokenCardParameter = hash(fields);

/** @throws ApiError 402 for a wrong number, date or code */
export function createToken(turn: Turn, input: Values<typeof fields>): Token {
  const { ids, store } = turn.world;
  const today = new Date(turn.now * 1000);
  const checked = checkCard(input, today.getUTCFullYear(), today.getUTCMonth() + 1);
  const billing_details = { name: input.name ?? null, address: addressOf(input) };
  const described = describeCard(turn, checked, { billing_details }, ids.object('card'));
  const { customer: _, ...card } = cardShape(described.method);
  const token: Token = {
    id: ids.object('tok'),
    object: 'token',
    card: { ...card, networks: { preferred: null } },
    client_ip: null,
    created: turn.now,
    livemode: false,
    type: 'card',
    used: false,
  };
  store.token_secrets.put({ id: token.id, ...described });
  save(turn, store.tokens, token, 'created');
  return token;
}

/** Uses a token up, or a named one (`tok_visa`) as often as one likes. @throws ApiError 400 for a used or unknown one */
export function takeToken(turn: Turn, id: string, param: string): Described {
  const { ids, store } = turn.world;
  const token = store.tokens.get(id);
  if (token === undefined) {
    const card = id.startsWith('tok_') ? cardWithName(id) : undefined;
    if (card === undefined) throw missingResource('token', id, param);
    const checked = namedCard(card, new Date(turn.now * 1000).getUTCFullYear());
    return describeCard(turn, checked, {}, ids.object('card'));
  }
  if (token.used) {
    throw invalidRequest(
      `You cannot use a Stripe token more than once: ${id}.`,
      'token_already_used',
      param === 'source' ? undefined : param,
    );
  }
  token.used = true;
  save(turn, store.tokens, token, 'updated');
  const { id: _, ...described } = store.token_secrets.get(id)!;
  return structuredClone(described);
}
