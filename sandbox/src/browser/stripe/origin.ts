import { IntegrationError } from './errors.ts';

/** The sandbox's origin: where this script came from. The frames and the API live there too. */
export const sandboxOrigin: string = originOfThisScript();

function originOfThisScript(): string {
  const script = document.currentScript;
  if (script instanceof HTMLScriptElement && script.src) return new URL(script.src).origin;
  throw new IntegrationError('stripe.js must be loaded by a classic <script src> element of its own.');
}
