import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** A mistake of the person at the keyboard: told in one sentence, without a stack trace. */
export class UsageError extends Error {}

/**
 * Reads the options of a command, and the names that stand beside them if it takes any. `--help` prints `usage` and ends the process with 0; an option that does not exist, or
 * a value that is missing, is a UsageError.
 */
export function readCommandLine<Options extends ParseArgsOptionsConfig>(
  usage: string,
  options: Options,
  { names = 0 }: { names?: number } = {},
) {
  if (process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    const read = parseArgs({ options, allowPositionals: names > 0, strict: true });
    if (read.positionals.length > names)
      throw new Error(`"${read.positionals[names]}" is one name too many.`);
    return read;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nTry --help.`);
  }
}

/** Runs a command's main function. An error becomes one message on standard error and exit code 1 (2 for a usage mistake). */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const usageMistake = error instanceof UsageError;
    const told = usageMistake || process.env.DEBUG === undefined;
    process.stderr.write(`${told ? (error as Error).message : (error as Error).stack}\n`);
    process.exitCode = usageMistake ? 2 : 1;
  }
}

/** A whole number from an option, within bounds. Throws a UsageError that names the option. */
export function wholeNumber(name: string, text: string, { min, max }: { min: number; max: number }): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max))
    throw new UsageError(`--${name} is a whole number from ${min} to ${max}, not "${text}".`);
  return value;
}
