/**
 * `applied`: it changed our books. `no_effect`: it is ours but says nothing new. `foreign`: it is not about anything of this
 * shop. `unknown`: it says it is, but we know no such thing (yet).
 */
export type Applied =
  | { state: 'applied' | 'no_effect'; outcome: string; orderId: string; paymentId: string | null }
  | { state: 'foreign' | 'unknown'; outcome: string; orderId: null; paymentId: null };

export function foreign(reason: string): Applied {
  return { state: 'foreign', outcome: `no effect: ${reason}`, orderId: null, paymentId: null };
}

export function unknown(noun: string): Applied {
  return {
    state: 'unknown',
    outcome: `no ${noun} of that id is known here yet`,
    orderId: null,
    paymentId: null,
  };
}
