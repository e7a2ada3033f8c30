import { type Asset, asset, bundleScript, readStyles } from './bundle.ts';
import { pictures } from './pictures.ts';
import type { BrowserReply } from './types.ts';

const here = (path: string): URL => new URL(path, import.meta.url);

const sources: Record<string, () => Asset> = {
  'stripe.js': () => bundleScript(here('stripe/stripe.ts')),
  '/assets/frame.js': () => bundleScript(here('frame/main.ts')),
  '/assets/frame.css': () => readStyles([here('frame/frame.css')]),
  '/assets/checkout.js': () => bundleScript(here('checkout/main.ts')),
  '/assets/checkout.css': () =>
    readStyles(
      [
        'base',
        'checkout/page',
        'checkout/summary',
        'checkout/quantity',
        'checkout/form',
        'checkout/methods',
        'checkout/confirmation',
      ].map((name) => here(`${name}.css`)),
    ),
  '/assets/challenge.js': () => bundleScript(here('challenge/main.ts')),
  '/assets/challenge.css': () => readStyles([here('base.css'), here('challenge/challenge.css')]),
  '/assets/dashboard.js': () => bundleScript(here('dashboard/main.ts')),
  '/assets/dashboard.css': () => readStyles([here('base.css'), here('dashboard/dashboard.css')]),
  ...Object.fromEntries(
    Object.entries(pictures).map(([path, svg]) => [path, () => asset(svg, 'image/svg+xml')]),
  ),
};

const built = new Map<string, Asset>();

/** Built on first use and kept: a sandbox that only serves an API never strips a type. */
function build(name: string): Asset | undefined {
  const known = built.get(name);
  if (known || !Object.hasOwn(sources, name)) return known;
  const fresh = sources[name]!();
  built.set(name, fresh);
  return fresh;
}

/** The address of an asset under which a browser may keep it for ever. */
export function assetPath(path: string): string {
  return `${path}?v=${build(path)!.version}`;
}

export function assetReply(path: string, version: string | null): BrowserReply | null {
  const found = build(path);
  if (!found) return null;
  return reply(found, version === found.version ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** Served under every name by which Stripe's loader has ever asked for it, see `isStripeScript`. */
export function stripeScriptReply(): BrowserReply {
  return reply(build('stripe.js')!, 'public, max-age=60');
}

export function isStripeScript(path: string): boolean {
  return /^\/(v3\/?|(v3|[a-z]+)\/stripe\.js)$/.test(path);
}

function reply({ body, contentType }: Asset, cacheControl: string): BrowserReply {
  return {
    status: 200,
    headers: {
      'content-type': contentType,
      'cache-control': cacheControl,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    },
    body,
  };
}
