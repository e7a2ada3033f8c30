/** Style as a test: the arrows between folders, the boundaries of what may be known where, and the size of things. */
import { fileURLToPath } from 'node:url';
import { readCommandLine, runCommand } from './command-line.ts';
import { exceptions } from './tidy/exceptions.ts';
import { findViolations } from './tidy/rules.ts';
import { readSources } from './tidy/source.ts';

const usage = `Usage: node tools/tidy.ts

Checks every TypeScript file against the rules in tools/tidy. Prints each violation as file:line with what to write
instead, and ends with 1 if there are any. Exceptions, with their reasons: tools/tidy/exceptions.ts.`;

async function main(): Promise<void> {
  readCommandLine(usage, {});
  const root = fileURLToPath(new URL('..', import.meta.url));
  const sources = await readSources(root);
  const violations = findViolations(sources, exceptions);
  for (const { file, line, rule, message } of violations)
    process.stdout.write(`${file}:${line} ${rule}: ${message}\n`);
  process.stdout.write(`${sources.length} files, violations: ${violations.length}\n`);
  process.exitCode = violations.length > 0 ? 1 : 0;
}

await runCommand(main);
