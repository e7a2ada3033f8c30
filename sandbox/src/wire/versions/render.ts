/** Parameters and replies in the shape of the caller's API version. */
import type { Store } from '../../store/store.ts';
import type { FormHash } from '../form.ts';
import type { Version } from '../versions.ts';
import type { Plain, Rendering } from './changes.ts';

/** The parameters as the newest version knows them. @throws ApiError for what the caller's version had not */
export function upgradeForm(version: Version, endpoint: string, form: FormHash): FormHash {
  return version.changes.reduceRight((newer, change) => change.request?.[endpoint]?.(newer) ?? newer, form);
}

/** A copy in the version's shape; the object itself when the version is the newest. Old shapes stay as they are. */
export function downgrade(version: Version, store: Store, object: object): object {
  if (version.changes.length === 0) return object;
  const rendering: Rendering = { store, render: (inner) => walk(version, inner, rendering) as object };
  return rendering.render(object);
}

function walk(version: Version, value: unknown, rendering: Rendering): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => walk(version, item, rendering));
  const plain = value as Plain;
  const copy: Plain = {};
  // Metadata is the merchant's own: nothing in it is an object of Stripe's.
  for (const name in plain)
    copy[name] = name === 'metadata' ? plain[name] : walk(version, plain[name], rendering);
  const type = copy.object;
  if (typeof type !== 'string') return copy;
  return version.changes.reduce((older, change) => change.reply?.[type]?.(older, rendering) ?? older, copy);
}
