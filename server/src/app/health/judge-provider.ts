import {
  type AccountRecord,
  type EndpointRecord,
  type Finding,
  fail,
  ok,
  type ProviderSays,
  skipped,
  warn,
} from '../../domain/health.ts';
import type { ProviderHealth } from '../ports.ts';

/** How the shop reaches its provider. `sandboxUrl`: where the sandbox in its place should be; null for the real one. */
export type Connection = { live: boolean; sandboxUrl: string | null; frontendUrl: string };

/** Whether the provider takes our key, and payments with it. */
export function judgeAccount(said: ProviderSays<AccountRecord>, connection: Connection): Finding {
  const name = connection.sandboxUrl === null ? 'Stripe' : 'sandbox';
  if (said.says !== 'answer') return judgeRefusal(name, said, connection);
  const { id, name: called, takesPayments } = said.value;
  const who = `${called ?? 'an account without a name'} (${id})`;
  const found = `${connection.sandboxUrl ?? 'Stripe'} answers as ${who}, with a ${modeOf(connection)} key.`;
  return takesPayments
    ? ok(name, found)
    : warn(name, `${found} It may not take payments.`, 'Finish the account’s set-up in Stripe’s dashboard.');
}

function judgeRefusal(
  name: string,
  { says, why }: { says: 'wrong_key' | 'forbidden' | 'silent'; why: string },
  connection: Connection,
): Finding {
  const { sandboxUrl } = connection;
  if (says === 'forbidden')
    return ok(
      name,
      `Stripe takes the key, a ${modeOf(connection)} key that may not read the account’s name.`,
    );
  if (says === 'wrong_key')
    return fail(
      name,
      `Stripe refuses the key: ${why}`,
      'Set STRIPE_SECRET_KEY to a key that is shown in Stripe under Developers → API keys.',
    );
  return sandboxUrl === null
    ? fail(
        name,
        `Stripe gave no usable answer: ${why}`,
        'Look whether this machine reaches https://api.stripe.com, then at https://status.stripe.com.',
      )
    : fail(
        name,
        `There is no sandbox at ${sandboxUrl}: ${why}`,
        'Start it with npm start, or set the keys of a real Stripe account.',
      );
}

function modeOf({ live }: Connection): string {
  return live ? 'live' : 'test';
}

/** Whether the provider speaks the version of its API that this shop was written for. */
export function judgeVersion(
  said: ProviderSays<AccountRecord>,
  { version }: ProviderHealth['registration'],
): Finding {
  const name = 'API version';
  if (said.says !== 'answer' || said.value.version === null)
    return skipped(name, 'Stripe did not say in which version it answers.');
  return said.value.version === version
    ? ok(name, `Stripe answers in ${version}, which this shop was written for.`)
    : fail(
        name,
        `Stripe answers in ${said.value.version}, and this shop was written for ${version}.`,
        'Update Paydesk, and look for what stands between it and Stripe.',
      );
}

const endpointName = 'webhook endpoint';
const whereEndpointsAre = 'In Stripe, under Developers → Webhooks,';

/** Whether the provider's notifications are sent to this shop: all that it needs, in the version it was written for. */
export function judgeEndpoint(
  said: ProviderSays<EndpointRecord[]>,
  registration: ProviderHealth['registration'],
  connection: Connection,
): Finding {
  const wanted = `${connection.frontendUrl}${registration.path}`;
  if (said.says === 'forbidden')
    return warn(
      endpointName,
      'The key may not list webhook endpoints, so nobody looked.',
      `Give the restricted key the right to read webhook endpoints, or look yourself for one at ${wanted}.`,
    );
  if (said.says !== 'answer') return skipped(endpointName, 'Stripe cannot be asked for its endpoints.');
  const [endpoint] = said.value
    .filter(({ url }) => sameAddress(url, wanted))
    .toSorted((one, other) => Number(other.isEnabled) - Number(one.isEnabled));
  return endpoint === undefined
    ? missing(wanted, said.value, registration.path, connection)
    : judgeRegistered(endpoint, registration);
}

function missing(
  wanted: string,
  others: readonly EndpointRecord[],
  path: string,
  { live, frontendUrl }: Connection,
): Finding {
  const [other] = others.filter(({ url }) => url.endsWith(path));
  const found = `Stripe knows no endpoint at ${wanted}${other ? `, but one at ${other.url}` : ''}.`;
  if (!live && isLoopback(new URL(frontendUrl).hostname))
    return warn(
      endpointName,
      found,
      `Stripe cannot reach this address; while you try things out, stripe listen --forward-to ${new URL(wanted).host}${path} can.`,
    );
  return fail(
    endpointName,
    found,
    `${whereEndpointsAre} add one for that address with the events that docs/operating.md lists; or set FRONTEND_URL right.`,
  );
}

function judgeRegistered(
  { id, url, isEnabled, events, version }: EndpointRecord,
  registration: ProviderHealth['registration'],
): Finding {
  if (!isEnabled)
    return fail(
      endpointName,
      `The endpoint ${id} at ${url} is disabled.`,
      `${whereEndpointsAre} enable it, after you have seen why it was disabled; what it missed has been fetched.`,
    );
  const lacking = registration.events.filter((type) => !events.includes(type) && !events.includes('*'));
  if (lacking.length > 0)
    return fail(
      endpointName,
      `The endpoint ${id} at ${url} is not sent ${lacking.join(', ')}.`,
      `${whereEndpointsAre} add ${lacking.length === 1 ? 'this event' : 'these events'} to it.`,
    );
  if (version !== registration.version)
    return warn(
      endpointName,
      `The endpoint ${id} at ${url} sends ${version === null ? 'the account’s own API version' : `API version ${version}`}, and this shop was written for ${registration.version}.`,
      `${whereEndpointsAre} make one of version ${registration.version} and set its STRIPE_WEBHOOK_SECRET. Until then events are only hints, and each costs a call.`,
    );
  return ok(endpointName, `${url} is sent all ${registration.events.length} events, in ${version}.`);
}

/** The names of this machine are one, as between a shop and a sandbox on it. */
function sameAddress(one: string, other: string): boolean {
  const plain = (text: string): string => {
    if (!URL.canParse(text)) return text;
    const url = new URL(text);
    if (isLoopback(url.hostname)) url.hostname = 'localhost';
    return url.href;
  };
  return plain(one) === plain(other);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}
