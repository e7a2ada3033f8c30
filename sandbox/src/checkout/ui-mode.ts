/** Where a session is shown, and where its customer goes afterwards (`Checkout.SessionCreateParams.ui_mode`). */
import type { CheckoutSession } from '../objects.ts';
import { invalidRequest, missingParameter } from '../wire/errors.ts';

export type UiMode = 'hosted_page' | 'embedded_page' | 'elements';

export interface Destinations {
  ui_mode?: UiMode;
  success_url?: string;
  cancel_url?: string;
  return_url?: string;
  redirect_on_completion?: 'always' | 'if_required' | 'never';
}

/** @throws ApiError 400 for an address that is missing, or that this way of showing the session does not use */
export function readDestinations(given: Destinations): Partial<CheckoutSession> {
  const { ui_mode = 'hosted_page', success_url, cancel_url, return_url, redirect_on_completion } = given;
  if (ui_mode === 'hosted_page') {
    refuse(given, ['return_url', 'redirect_on_completion'], ui_mode);
    if (success_url === undefined) throw missingParameter('success_url');
    checkUrl(success_url, 'success_url');
    if (cancel_url !== undefined) checkUrl(cancel_url, 'cancel_url');
    return { ui_mode, success_url, cancel_url: cancel_url ?? null };
  }
  refuse(given, ['success_url', 'cancel_url'], ui_mode);
  if (ui_mode === 'elements') refuse(given, ['redirect_on_completion'], ui_mode);
  if (redirect_on_completion === 'never') refuse(given, ['return_url'], ui_mode);
  else if (return_url === undefined) throw missingParameter('return_url');
  if (return_url !== undefined) checkUrl(return_url, 'return_url');
  return {
    ui_mode,
    success_url: null,
    cancel_url: null,
    ...(return_url !== undefined && { return_url }),
    ...(ui_mode === 'embedded_page' && { redirect_on_completion: redirect_on_completion ?? 'always' }),
  };
}

/** The rule is Stripe's (`SessionCreateParams`), the sentence is not verified. */
function refuse(given: Destinations, names: (keyof Destinations)[], mode: UiMode): void {
  for (const name of names) {
    if (given[name] === undefined) continue;
    throw invalidRequest(`\`${name}\` cannot be used with \`ui_mode: ${mode}\`.`, undefined, name);
  }
}

/** @throws ApiError 400 for anything but an address of the web */
export function checkUrl(url: string, param: string): void {
  // The placeholder of the session's id may stand anywhere, also where a URL would not take braces.
  if (/^https?:\/\/[^\s]+$/.test(url)) return;
  throw invalidRequest(
    'Not a valid URL. An explicit scheme (such as https) must be provided.',
    'url_invalid',
    param,
  );
}
