import { useOptionalShopConfig } from '../shop-config.ts';

export function Footer() {
  const config = useOptionalShopConfig();
  return (
    <footer className="print-hidden mt-12 border-border border-t">
      <div className="page flex flex-col gap-2 py-8 text-muted text-sm sm:flex-row sm:justify-between">
        <p>{config?.shopName ?? 'Shop'}</p>
        <p>Payments are handled by Stripe. Card details never reach this shop.</p>
      </div>
    </footer>
  );
}
