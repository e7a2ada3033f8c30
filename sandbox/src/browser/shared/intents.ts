/** The path segment of an intent's collection, told by its id: `seti_…` sets a card up, `pi_…` takes a payment. */
export function intentCollection(id: string): 'payment_intents' | 'setup_intents' {
  return id.startsWith('seti_') ? 'setup_intents' : 'payment_intents';
}
