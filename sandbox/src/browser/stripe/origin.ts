import { IntegrationError } from './errors.ts';

/** The sandbox's origin: where this script came from. The frames and the API live there too. */
export const sandboxOrigin: string = originOfThisScript();

/**
 * The API may call the sandbox by another name than the page does (127.0.0.1 and localhost); what is shown is shown
 * under the name the page trusts.
 */
export function onSandbox(url: string): URL {
  const { pathname, search } = new URL(url, sandboxOrigin);
  return new URL(pathname + search, sandboxOrigin);
}

function originOfThisScript(): string {
  const script = document.currentScript;
  if (script instanceof HTMLScriptElement && script.src) return new URL(script.src).origin;
  throw new IntegrationError('stripe.js must be loaded by a classic <script src> element of its own.');
}
