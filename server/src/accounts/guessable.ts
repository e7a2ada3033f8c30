import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** A password that a list of common ones and of simple changes to them finds within so many tries is no password. */
const fewestTries = 1_000_000;
/** So much of it is judged: judging takes longer than linear, and whoever chooses more than this has chosen enough. */
const judgedLength = 40;

let loading: Promise<ZxcvbnFactory> | undefined;

/**
 * Whether somebody who guesses would find this password early (OWASP ASVS 5.0, 6.2.4 and 6.2.11). The list is loaded when it is first
 * needed: most processes never do.
 *
 * @param words what a guesser knows of its owner and of the shop: names, an address
 */
export async function isGuessable(password: string, words: readonly string[]): Promise<boolean> {
  loading ??= load();
  const known = words
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length > 2);
  return (await loading).check(password.slice(0, judgedLength), known).guesses < fewestTries;
}

async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Judge }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new Judge({ dictionary, graphs: adjacencyGraphs });
}
