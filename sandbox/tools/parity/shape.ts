/** The shape of an answer: which keys it has, and what kind of value each holds. The values themselves may differ. */
export type Shape = ReadonlyMap<string, string>;

/** Every path with its kind of value. The items of an array share one path, so that their number does not matter. */
export function shapeOf(value: unknown): Shape {
  const kinds = new Map<string, Set<string>>();
  collect(value, '', kinds);
  return new Map([...kinds].map(([path, kind]) => [path, [...kind].sort().join('|')]));
}

function collect(value: unknown, path: string, kinds: Map<string, Set<string>>): void {
  const known = kinds.get(path) ?? new Set();
  known.add(kindOf(value));
  kinds.set(path, known);
  if (Array.isArray(value)) for (const item of value) collect(item, `${path}[]`, kinds);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      collect(inner, path === '' ? key : `${path}.${key}`, kinds);
    }
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** What differs, in sentences. Below a key that is missing nothing more is told. */
export function shapeDifferences(here: Shape, there: Shape): string[] {
  const found: string[] = [];
  for (const [path, kind] of there) {
    const ours = here.get(path);
    if (ours === undefined) {
      if (isTopOfMissing(path, here)) found.push(`${path} is missing (${kind} at Stripe)`);
    } else if (ours !== kind) found.push(`${path} is ${ours}, ${kind} at Stripe`);
  }
  for (const path of here.keys()) {
    if (!there.has(path) && isTopOfMissing(path, there)) found.push(`${path} is not there at Stripe`);
  }
  return found;
}

/** Whether the path's owner is on the other side, so that the path itself is the difference. */
function isTopOfMissing(path: string, other: Shape): boolean {
  const owner = path.replace(/(\[\]|\.?[^.[\]]+)$/, '');
  if (!other.has(owner)) return false;
  // An empty list, or a null where the other has an object, is told by its own kind.
  const kind = other.get(owner)!;
  return path.endsWith('[]') ? false : kind.includes('object');
}
