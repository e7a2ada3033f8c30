import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ErrorBody } from '@paydesk/contract/errors';
import { operatorTokenFile } from '../../server/src/http/operator-token.ts';
import { UsageError } from '../command-line.ts';

/** A running shop, as its operators reach it. */
export type Shop = { url: string; token: string; tokenFrom: string };

/** Milliseconds an answer may take: a refund waits for the payment provider, and that may take half a minute. */
const patience = 90_000;

/** What all commands for operators take, as lines of their usage. */
export const shopOptions = `  --shop URL         where the shop is (FRONTEND_URL, or http://localhost:3000)

The token is that of OPERATOR_TOKEN; on the sandbox else of data/operator-token, which the shop makes at its first start.`;

/** Where the shop is and how it is entered, from the settings that the shop itself is started with. */
export async function reachShop(address: string | undefined): Promise<Shop> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const text = address ?? (process.env.FRONTEND_URL || `http://localhost:${process.env.PORT || 3000}`);
  if (!URL.canParse(text))
    throw new UsageError(`--shop is an address such as http://localhost:3000, not "${text}".`);
  return { url: new URL(text).origin, ...(await readToken()) };
}

async function readToken(): Promise<{ token: string; tokenFrom: string }> {
  if (process.env.OPERATOR_TOKEN) return { token: process.env.OPERATOR_TOKEN, tokenFrom: 'OPERATOR_TOKEN' };
  const file = operatorTokenFile(process.env.DATABASE_URL || 'sqlite:data/paydesk.db');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept === undefined)
    throw new UsageError(
      `There is no operators' token: set OPERATOR_TOKEN, or start the shop once to make ${file}.`,
    );
  return { token: kept.trim(), tokenFrom: file };
}

/** A call of the shop's. Rejects with one sentence for the person at the keyboard. */
export async function ask<T>(
  shop: Shop,
  method: 'GET' | 'POST',
  path: string,
  { body, key }: { body?: object; key?: string } = {},
): Promise<T> {
  const response = await fetch(`${shop.url}/api/admin${path}`, {
    method,
    signal: AbortSignal.timeout(patience),
    headers: {
      authorization: `Bearer ${shop.token}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: Error) => {
    throw new Error(`${noAnswer(shop, error)}${key === undefined ? '' : again(key)}`);
  });
  if (response.ok) return (await response.json()) as T;
  throw new Error(await refusal(shop, response));
}

function noAnswer(shop: Shop, error: Error): string {
  if (error.name === 'TimeoutError') return `${shop.url} did not answer in time.`;
  return `Nothing answers at ${shop.url}. Is the shop running?`;
}

function again(key: string): string {
  return `\nNobody knows yet whether it was done. Run the same command with --key ${key}: it is not done twice.`;
}

async function refusal(shop: Shop, response: Response): Promise<string> {
  if (response.status === 401) return `The shop does not take the token from ${shop.tokenFrom}.`;
  const answer = (await response.json().catch(() => undefined)) as ErrorBody | undefined;
  if (!answer?.error) return `The shop answered ${response.status} and nothing that can be read.`;
  const { code, message, details } = answer.error;
  return `${message} (${code}${details === undefined ? '' : `: ${JSON.stringify(details)}`})`;
}

/** The one name that a command takes. */
export function nameFrom(positionals: string[], noun: string): string {
  const [name] = positionals;
  if (name === undefined) throw new UsageError(`Say which ${noun}. Try --help.`);
  return encodeURIComponent(name);
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
