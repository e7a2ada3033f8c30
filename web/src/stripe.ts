import type { ShopConfig } from '@paydesk/contract/config';
import type { Appearance, Stripe } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';

let loading: Promise<Stripe> | null = null;

/** The one Stripe object of this page, loaded when a page first needs it. After a failure the next call tries again. */
export function loadShopStripe(config: Pick<ShopConfig, 'publishableKey' | 'stripeJsUrl'>): Promise<Stripe> {
  loading ??= start(config).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function start({
  publishableKey,
  stripeJsUrl,
}: Pick<ShopConfig, 'publishableKey' | 'stripeJsUrl'>): Promise<Stripe> {
  // Stripe's loader knows js.stripe.com only; from the sandbox the script is put in here, and the loader finds it.
  if (new URL(stripeJsUrl).hostname !== 'js.stripe.com') await insertScript(stripeJsUrl);
  const stripe = await loadStripe(publishableKey);
  if (!stripe) throw new Error('Stripe.js is not available.');
  return stripe;
}

function insertScript(url: string): Promise<void> {
  if ('Stripe' in window) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error('Stripe.js could not be loaded.'));
    };
    document.head.append(script);
  });
}

/** Our tokens in the words of Stripe's Appearance API, read from the page so that they exist once only. */
export function stripeAppearance(dark: boolean): Appearance {
  const page = getComputedStyle(document.documentElement);
  const token = (name: string) => page.getPropertyValue(`--${name}`).trim();
  return {
    theme: dark ? 'night' : 'stripe',
    variables: {
      colorPrimary: token('accent'),
      colorBackground: token('surface'),
      colorText: token('text'),
      colorTextSecondary: token('muted'),
      colorTextPlaceholder: token('faint'),
      colorDanger: token('danger'),
      fontFamily: 'Inter, system-ui, sans-serif',
      fontSizeBase: '16px',
      spacingUnit: '4px',
      borderRadius: '6px',
    },
    rules: {
      '.Input': { border: `1px solid ${token('control')}`, boxShadow: 'none', padding: '12px' },
      '.Input--invalid': { border: `2px solid ${token('danger')}`, boxShadow: 'none' },
      '.Label': { fontSize: '14px', fontWeight: '500' },
    },
  };
}
