/** What a card does when it is charged: pure, from the card's row in the table and the way it is charged. */
import type { CardBehaviour } from '../cards.ts';
import type { DeclineName } from '../declines.ts';

export interface Circumstances {
  offSession: boolean;
  isSetUp: boolean;
  cvcGiven: boolean;
  /** `payment_method_options[card][request_three_d_secure]` */
  authenticationWanted: boolean;
  /** The customer has just passed the challenge. */
  isAuthenticated: boolean;
}

export type Decision =
  | { kind: 'approved' }
  | { kind: 'declined'; decline: DeclineName }
  | { kind: 'authentication_needed' };

export function decide(card: CardBehaviour, circumstances: Circumstances): Decision {
  if (!circumstances.isAuthenticated && needsAuthentication(card, circumstances)) {
    if (card.authenticationBroken) return { kind: 'declined', decline: 'generic_decline' };
    if (circumstances.offSession) return { kind: 'declined', decline: 'authentication_required' };
    return { kind: 'authentication_needed' };
  }
  // Stripe's card for a wrong security code only fails when a code was given at all.
  const isHarmless = card.decline === 'incorrect_cvc' && !circumstances.cvcGiven;
  if (card.decline !== undefined && !isHarmless) return { kind: 'declined', decline: card.decline };
  return { kind: 'approved' };
}

/** What a card does when it is kept for later. Cards that can be kept and then decline do so only when they are charged. */
export function decideSetup(card: CardBehaviour, circumstances: Circumstances): Decision {
  if (!card.attachable) return decide(card, circumstances);
  const { decline: _, ...rest } = card;
  return decide(rest, circumstances);
}

function needsAuthentication(card: CardBehaviour, circumstances: Circumstances): boolean {
  switch (card.authentication) {
    case 'always':
      return true;
    case 'unless_set_up':
      return !(circumstances.isSetUp && circumstances.offSession);
    case 'on_session':
      return !circumstances.offSession;
    case 'optional':
      return circumstances.authenticationWanted;
    default:
      return false;
  }
}
