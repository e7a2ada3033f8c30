/** The names under which our ids travel in Stripe's metadata. */
export const metadataNames = {
  order: 'paydesk_order',
  payment: 'paydesk_payment',
  refund: 'paydesk_refund',
  instance: 'paydesk_instance',
} as const;

/** The id of something that Stripe gave as an id or, expanded, as a whole. */
export function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null);
}
