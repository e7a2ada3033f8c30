/** A mistake in the merchant's code, thrown as Stripe does; customers' problems resolve as `{error}` instead. */
export class IntegrationError extends Error {
  override name = 'IntegrationError';
}

export function requireIntegration(condition: unknown, message: string): asserts condition {
  if (!condition) throw new IntegrationError(message);
}
