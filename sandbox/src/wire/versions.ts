/** API versions: those the sandbox speaks, and those it knows to be Stripe's (`Stripe-Version`). */
import { ApiError, invalidRequest, notBuilt } from './errors.ts';
import { type VersionChange, versionChanges } from './versions/changes.ts';

export const CURRENT_VERSION = '2026-10-28.endive';
/**
 * The account's version, for calls that name none (curl, the Stripe CLI): an older one, as accounts have that were
 * opened years ago, because the CLI's fixtures send `payment_method_types`, which endive removed.
 */
export const DEFAULT_VERSION = '2024-06-20';

/** Source: `WebhookEndpointCreateParams.ApiVersion` of the SDK's types. */
const SPOKEN_VERSIONS = (
  '2020-08-27 2022-08-01 2022-11-15 2023-08-16 2023-10-16 2024-04-10 2024-06-20 2024-09-30.acacia 2024-10-28.acacia ' +
  '2024-11-20.acacia 2024-12-18.acacia 2025-01-27.acacia 2025-02-24.acacia 2025-03-31.basil 2025-04-30.basil ' +
  '2025-05-28.basil 2025-06-30.basil 2025-07-30.basil 2025-08-27.basil 2025-09-30.clover 2025-10-29.clover ' +
  '2025-11-17.clover 2025-12-15.clover 2026-01-28.clover 2026-02-25.clover 2026-03-25.dahlia 2026-04-22.dahlia ' +
  `2026-05-27.dahlia 2026-06-24.dahlia 2026-07-29.dahlia 2026-08-26.dahlia 2026-09-30.endive ${CURRENT_VERSION}`
).split(' ');
/** Stripe's, and not built; still older ones are answered like versions that never were. */
const OLD_VERSIONS: ReadonlySet<string> = new Set(
  (
    '2018-01-23 2018-02-05 2018-02-06 2018-02-28 2018-05-21 2018-07-27 2018-08-23 2018-09-06 2018-09-24 2018-10-31 ' +
    '2018-11-08 2019-02-11 2019-02-19 2019-03-14 2019-05-16 2019-08-14 2019-09-09 2019-10-08 2019-10-17 2019-11-05 ' +
    '2019-12-03 2020-03-02'
  ).split(' '),
);

export interface Version {
  name: string;
  /** Whether lists of payment method types are parameters; endive removed them. */
  takesPaymentMethodTypes: boolean;
  /** What came after this version, newest first. */
  changes: readonly VersionChange[];
}

const versions: ReadonlyMap<string, Version> = new Map(
  SPOKEN_VERSIONS.map((name) => {
    const changes = versionChanges.filter((change) => change.version > name);
    return [name, { name, takesPaymentMethodTypes: name < '2026-09-30', changes }];
  }),
);

/** @throws ApiError 400 for no version of Stripe's, 501 for one that is not built */
export function readVersion(name: string, param?: string): Version {
  const version = versions.get(name);
  if (version !== undefined) return version;
  if (OLD_VERSIONS.has(name)) throw notBuilt(`API version ${name} (the oldest is ${SPOKEN_VERSIONS[0]})`);
  throw invalidRequest(`Invalid Stripe API version: ${name.slice(0, 60)}`, undefined, param);
}

/** For the command line. @throws Error with a sentence for people */
export function checkVersion(name: string): string {
  try {
    return readVersion(name).name;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new Error(`--api-version ${name} is none that the sandbox speaks: ${SPOKEN_VERSIONS.join(', ')}.`);
  }
}
