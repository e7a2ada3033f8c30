/** Reads the command line. Mistakes are answered with one sentence. */
import { parseArgs } from 'node:util';
import type { SandboxOptions } from './server.ts';

const DEFAULT_PORT = 12_111;

export const HELP = `paydesk-sandbox: a local Stripe

  --port N              port on 127.0.0.1 (${DEFAULT_PORT}; 0 takes any free one)
  --db FILE             keeps everything in this SQLite file; without it, or with "memory", nothing is kept
  --webhook URL         sends events there, signed with --secret
  --secret whsec_...    the endpoint's signing secret
  --events a,b          which events to send (all)
  --retry-scale N       repeats failed deliveries N times faster than Stripe (60: minutes become seconds)
  --public-url URL      under which browsers reach it, when that is not http://127.0.0.1:PORT
  --seed TEXT           the same seed and the same calls give the same ids
  --help`;

/** @throws Error with a sentence for people */
export function readOptions(args: readonly string[]): SandboxOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      port: { type: 'string' },
      db: { type: 'string' },
      webhook: { type: 'string' },
      secret: { type: 'string' },
      events: { type: 'string' },
      'retry-scale': { type: 'string' },
      'public-url': { type: 'string' },
      seed: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const options: SandboxOptions = { port: port(values.port) };
  if (values.db !== undefined) options.db = values.db;
  if (values.seed !== undefined) options.seed = values.seed;
  if (values['public-url'] !== undefined) options.publicUrl = values['public-url'].replace(/\/$/, '');
  if (values['retry-scale'] !== undefined) options.settings = { retry_scale: scale(values['retry-scale']) };
  const webhook = webhookOf(values);
  if (webhook !== undefined) options.webhook = webhook;
  return options;
}

function port(given: string | undefined): number {
  const number = given === undefined ? DEFAULT_PORT : Number(given);
  if (Number.isInteger(number) && number >= 0 && number < 65_536) return number;
  throw new Error('--port must be a whole number from 0 to 65535.');
}

function scale(given: string): number {
  const number = Number(given);
  if (Number.isFinite(number) && number >= 1) return number;
  throw new Error(
    '--retry-scale says how many times faster than Stripe deliveries are repeated: at least 1.',
  );
}

function webhookOf(values: {
  webhook?: string;
  secret?: string;
  events?: string;
}): SandboxOptions['webhook'] {
  const { webhook: url, secret, events } = values;
  if (url === undefined) {
    if (secret !== undefined || events !== undefined)
      throw new Error('--secret and --events need --webhook.');
    return undefined;
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Error('--webhook must be an http or https URL.');
  }
  if (secret === undefined || secret === '') throw new Error('--webhook needs --secret whsec_….');
  return { url, secret, ...(events !== undefined && { events: events.split(',') }) };
}
