import { arrowRule } from './arrows.ts';
import {
  clockRule,
  dialectRule,
  domainRule,
  environmentRule,
  packageRule,
  timeLimitRule,
} from './boundaries.ts';
import type { Exception } from './exceptions.ts';
import { barrelRule, consoleRule, defaultExportRule, nameRule, sizeRule, unfinishedRule } from './shape.ts';
import { parseSource, type Rule, type SourceFile } from './source.ts';
import { everyTestRunsRule, noSleepRule } from './tests.ts';

export type Violation = { file: string; line: number; rule: string; message: string };

const rules: Rule[] = [
  arrowRule,
  packageRule,
  domainRule,
  environmentRule,
  clockRule,
  dialectRule,
  timeLimitRule,
  sizeRule,
  defaultExportRule,
  nameRule,
  barrelRule,
  unfinishedRule,
  consoleRule,
  everyTestRunsRule,
  noSleepRule,
];

/** Checks every file against every rule. An exception that excuses nothing any more is a violation itself. */
export function findViolations(
  sources: { path: string; text: string }[],
  exceptions: Exception[],
): Violation[] {
  const used = new Set<Exception>();
  const violations = sources.flatMap(checkFile).filter((violation) => {
    const excuse = exceptions.find(
      ({ rule, file }) => rule === violation.rule && covers(file, violation.file),
    );
    if (excuse) used.add(excuse);
    return !excuse;
  });
  const stale = exceptions.filter((exception) => !used.has(exception)).map(staleException);
  return [...violations, ...stale].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function checkFile(source: { path: string; text: string }): Violation[] {
  let file: SourceFile;
  try {
    file = parseSource(source);
  } catch (error) {
    return [{ file: source.path, line: 1, rule: 'syntax', message: (error as Error).message }];
  }
  return rules.flatMap(({ name, check }) =>
    check(file).map(({ at, message }) => ({ file: file.path, line: file.lineAt(at), rule: name, message })),
  );
}

function covers(pattern: string, path: string): boolean {
  return pattern.endsWith('/') ? path.startsWith(pattern) : path === pattern;
}

function staleException({ rule, file }: Exception): Violation {
  return {
    file,
    line: 1,
    rule,
    message: 'Nothing here needs its exception any more: delete it from tools/tidy/exceptions.ts.',
  };
}
