/**
 * Stripe's form encoding: `a[b]=c`, arrays as `a[0]=x` or `a[]=x`, hashes in arrays as `a[0][b]=c` or `a[][b]=c`.
 * A parsed form knows only text and hashes; the parameter schema decides which hash is meant as an array.
 */
export interface FormHash {
  [name: string]: FormValue;
}
export type FormValue = string | FormHash;

/** Deeper names than this are no parameter of any endpoint; the bound keeps hostile bodies cheap. */
const DEEPEST_NESTING = 8;
const MOST_PARAMETERS = 2_000;

/** Parses a query string or a form body. Throws a RangeError when it is nested too deeply or too long. */
export function parseForm(text: string): FormHash {
  const form = emptyHash();
  if (text === '') return form;
  const pairs = text.split('&');
  if (pairs.length > MOST_PARAMETERS) throw new RangeError(`more than ${MOST_PARAMETERS} parameters`);
  for (const pair of pairs) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals < 0 ? decode(pair) : decode(pair.slice(0, equals));
    insert(form, pathOf(name), equals < 0 ? '' : decode(pair.slice(equals + 1)));
  }
  return form;
}

/** Hashes have no prototype, so that a parameter named `__proto__` is only an unknown parameter. */
function emptyHash(): FormHash {
  return Object.create(null) as FormHash;
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function pathOf(name: string): string[] {
  const open = name.indexOf('[');
  if (open <= 0 || !name.endsWith(']')) return [name];
  const path = [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
  if (path.length > DEEPEST_NESTING) throw new RangeError(`nested deeper than ${DEEPEST_NESTING} levels`);
  return path;
}

function insert(form: FormHash, path: string[], value: string): void {
  let hash = form;
  for (let depth = 0; depth < path.length - 1; depth++) {
    const name = path[depth] === '' ? openElement(hash, path.slice(depth + 1)) : path[depth]!;
    let inner = hash[name];
    if (typeof inner !== 'object') {
      inner = emptyHash();
      hash[name] = inner;
    }
    hash = inner;
  }
  const last = path[path.length - 1]!;
  hash[last === '' ? String(Object.keys(hash).length) : last] = value;
}

/** `a[][b]=1&a[][c]=2&a[][b]=3` are two elements: a name that the newest one has already starts the next. */
function openElement(list: FormHash, rest: string[]): string {
  const count = Object.keys(list).length;
  let inside: FormValue | undefined = count > 0 ? list[String(count - 1)] : '';
  for (const name of rest) {
    if (typeof inside === 'object' && name !== '') inside = inside[name];
  }
  const isTaken = typeof inside === 'string';
  return String(isTaken ? count : count - 1);
}
