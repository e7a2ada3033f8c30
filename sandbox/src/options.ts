/** Reads the command line. Mistakes are answered with one sentence. */
import { parseArgs } from 'node:util';
import type { SandboxOptions } from './server.ts';
import { checkVersion, DEFAULT_VERSION } from './wire/versions.ts';

const DEFAULT_PORT = 12_111;

export const HELP = `paydesk-sandbox: a local Stripe

  paydesk-sandbox [options]            starts it
  paydesk-sandbox trigger EVENT        lets the event happen in one that runs (trigger --help)

  --port N              port on 127.0.0.1 (${DEFAULT_PORT}; 0 takes any free one)
  --db FILE             keeps everything in this SQLite file; without it, or with "memory", nothing is kept
  --webhook URL         sends events there, signed with --secret
  --secret whsec_...    the endpoint's signing secret
  --events a,b          which events to send (all)
  --api-version V       the account's API version: of calls without one (${DEFAULT_VERSION}) and of all events (the newest)
  --retry-scale N       repeats failed deliveries N times faster than Stripe (60: minutes become seconds)
  --public-url URL      under which browsers reach it, when that is not http://127.0.0.1:PORT
  --seed TEXT           the same seed and the same calls give the same ids
  --help`;

export const TRIGGER_HELP = `paydesk-sandbox trigger: makes real objects so that the event really happens

  paydesk-sandbox trigger EVENT [--port N]

  --port N              of the sandbox that runs on 127.0.0.1 (${DEFAULT_PORT})
  --help

balance.available and charge.expired move the sandbox's clock by eight days.

Events: `;

/** A mistake on the command line, in a sentence for people. */
export class UsageError extends Error {}

export interface TriggerOptions {
  event: string;
  port: number;
}

/** @throws UsageError */
export function readOptions(args: readonly string[]): SandboxOptions | 'help' {
  const { values } = parse(args, {
    port: { type: 'string' },
    db: { type: 'string' },
    webhook: { type: 'string' },
    secret: { type: 'string' },
    events: { type: 'string' },
    'api-version': { type: 'string' },
    'retry-scale': { type: 'string' },
    'public-url': { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean' },
  });
  if (values.help) return 'help';
  const options: SandboxOptions = { port: port(values.port) };
  if (values.db !== undefined) options.db = values.db;
  if (values.seed !== undefined) options.seed = values.seed;
  if (values['api-version'] !== undefined) options.apiVersion = version(values['api-version']);
  if (values['public-url'] !== undefined) options.publicUrl = publicUrl(values['public-url']);
  if (values['retry-scale'] !== undefined) options.settings = { retry_scale: scale(values['retry-scale']) };
  const webhook = webhookOf(values);
  if (webhook !== undefined) options.webhook = webhook;
  return options;
}

/** What follows the word `trigger`. @throws UsageError */
export function readTrigger(args: readonly string[]): TriggerOptions | 'help' {
  const { values, positionals } = parse(
    args,
    { port: { type: 'string' }, help: { type: 'boolean' } },
    'an event',
  );
  if (values.help) return 'help';
  const [event, ...more] = positionals;
  if (event === undefined) throw new UsageError('Name the event to trigger. "trigger --help" lists them.');
  if (more.length > 0) throw new UsageError('trigger takes one event.');
  return { event, port: port(values.port) };
}

type Option = { type: 'string' } | { type: 'boolean' };
type Parsed<O extends Record<string, Option>> = {
  values: { [K in keyof O]?: O[K] extends { type: 'string' } ? string : boolean };
  positionals: string[];
};

/** Node's own sentences explain more than anybody asked. */
function parse<const O extends Record<string, Option>>(
  args: readonly string[],
  options: O,
  positional?: string,
): Parsed<O> {
  try {
    const strict = { args: [...args], options, allowPositionals: positional !== undefined };
    return parseArgs(strict) as unknown as Parsed<O>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const name = /'(-[^\s']*)/.exec(message)?.[1] ?? /'([^']*)'/.exec(message)?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
      throw new UsageError(`There is no option ${name}. Try --help.`);
    if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
      throw new UsageError(`There is no command "${name}". Try --help.`);
    }
    throw new UsageError(
      /argument missing|ambiguous/.test(message)
        ? `The option ${name} needs a value.`
        : `The option ${name} takes no value.`,
    );
  }
}

function port(given: string | undefined): number {
  const number = given === undefined ? DEFAULT_PORT : Number(given);
  if (Number.isInteger(number) && number >= 0 && number < 65_536 && given !== '') return number;
  throw new UsageError('--port must be a whole number from 0 to 65535.');
}

function scale(given: string): number {
  const number = Number(given);
  if (Number.isFinite(number) && number >= 1) return number;
  throw new UsageError(
    '--retry-scale says how many times faster than Stripe deliveries are repeated: at least 1.',
  );
}

function version(given: string): string {
  try {
    return checkVersion(given);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function publicUrl(given: string): string {
  if (isHttp(given)) return given.replace(/\/$/, '');
  throw new UsageError('--public-url must be an http or https URL.');
}

function webhookOf(values: {
  webhook?: string;
  secret?: string;
  events?: string;
}): SandboxOptions['webhook'] {
  const { webhook: url, secret, events } = values;
  if (url === undefined) {
    if (secret !== undefined || events !== undefined)
      throw new UsageError('--secret and --events need --webhook.');
    return undefined;
  }
  if (!isHttp(url)) throw new UsageError('--webhook must be an http or https URL.');
  if (secret === undefined || secret === '') throw new UsageError('--webhook needs --secret whsec_….');
  return { url, secret, ...(events !== undefined && { events: events.split(',') }) };
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
