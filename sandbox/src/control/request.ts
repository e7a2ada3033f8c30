/** What a call of `/_sandbox/*` brings with it. */
import { invalidRequest } from '../wire/errors.ts';
import { type FormHash, type FormValue, parseForm } from '../wire/form.ts';

export interface ControlRequest {
  method: string;
  path: string;
  query: string;
  body: string;
  contentType: string | undefined;
}

/** Form or JSON, so that both a page and a test can send it easily. @throws ApiError 400 */
export function readBody({ body, contentType }: ControlRequest): FormHash {
  if (!contentType?.includes('json')) return parseForm(body);
  try {
    const given = asForm(JSON.parse(body));
    if (typeof given === 'object') return given;
  } catch {
    // Answered below, like every body that is not an object.
  }
  throw invalidRequest('The body must be a form or a JSON object.');
}

/** @throws ApiError 400 */
export function whole(query: FormHash, name: string, fallback: number): number {
  const value = query[name];
  if (value === undefined) return fallback;
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value)) {
    throw invalidRequest(`Invalid integer: ${String(value)}`, 'parameter_invalid_integer', name);
  }
  return Number(value);
}

/** JSON as the parameter schemas know it: text and hashes. */
function asForm(value: unknown): FormValue {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asForm(inner)]));
}
