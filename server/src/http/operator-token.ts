import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the token of a shop lies that was not given one: beside its database's file, or in data/ where that is no file. */
export function operatorTokenFile(databaseUrl: string): string {
  const file = /^\w+:(?!\/\/)(.+)$/.exec(databaseUrl)?.[1];
  return join(file === undefined ? 'data' : dirname(file), 'operator-token');
}

/**
 * Reads the operators' token from its file, which is made at the first start and readable by its owner only. Several
 * processes may start at once: all of them end with the same token.
 *
 * @param secret makes a new token
 */
export async function keepOperatorToken(file: string, secret: () => string): Promise<string> {
  const kept = await read(file);
  if (kept !== null) return kept;
  await mkdir(dirname(file), { recursive: true });
  const token = secret();
  // Written whole under another name and then named, so that nobody reads half of it.
  const draft = `${file}.${token.slice(0, 8)}`;
  await writeFile(draft, `${token}\n`, { mode: 0o600 });
  await link(draft, file).catch(unlessThere);
  await rm(draft);
  return (await read(file)) ?? token;
}

async function read(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const token = text.trim();
  if (!/^[\x21-\x7e]{32,256}$/.test(token))
    throw new Error(`${file} holds no token. Delete it, and the next start makes a new one.`);
  return token;
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
