import type { App, PaymentProvider } from './ports.ts';

/** The provider that a stored row names. It was there when the row was written, so its absence is a fault of the set-up. */
export function providerOf(app: App, row: { provider: string }): PaymentProvider {
  const provider = app.providers.get(row.provider);
  if (!provider) throw new Error(`no provider ${row.provider}`);
  return provider;
}
