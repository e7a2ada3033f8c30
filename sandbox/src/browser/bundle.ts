import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

export interface Asset {
  body: string;
  contentType: string;
  /** Changes with the content, so that a browser may keep the asset for ever under `?v=`. */
  version: string;
}

/**
 * Joins a browser module and everything it imports into one classic script that runs at once.
 * Each module becomes a function that returns its exports, so modules keep their own scope. Understood are
 * named imports and `export` before a declaration at the start of a line: what our own browser code uses.
 */
export function bundleScript(entry: URL): Asset {
  const names = new Map<string, string>();
  const parts: string[] = [];
  addModule(entry, names, parts);
  return asset(`(() => {\n'use strict';\n${parts.join('\n')}\n})();\n`, 'text/javascript; charset=utf-8');
}

export function readStyles(files: URL[]): Asset {
  return asset(files.map((file) => readFileSync(file, 'utf8')).join('\n'), 'text/css; charset=utf-8');
}

export function asset(body: string, contentType: string): Asset {
  return { body, contentType, version: createHash('sha256').update(body).digest('hex').slice(0, 16) };
}

const importLine = /^import \{([^}]*)\} from '(\.[^']*)';$/gm;
const exportedDeclaration = /^export ((?:async )?(?:function|const|class)) (\w+)/gm;

/** Adds the modules that `file` imports, then `file` itself; returns the name of the variable that holds its exports. */
function addModule(file: URL, names: Map<string, string>, parts: string[]): string {
  const known = names.get(file.href);
  if (known) return known;
  const name = `module${names.size}`;
  names.set(file.href, name);
  const exported: string[] = [];
  const code = stripTypes(readFileSync(file, 'utf8'))
    .replace(importLine, (_line, imported: string, path: string) => {
      const bindings = imported.replaceAll(/(\w+) as (\w+)/g, '$1: $2');
      return `const {${bindings}} = ${addModule(new URL(path, file), names, parts)};`;
    })
    .replace(exportedDeclaration, (_line, keyword: string, binding: string) => {
      exported.push(binding);
      return `${keyword} ${binding}`;
    });
  const leftover = /^(?:import|export)\b.*$/m.exec(code);
  if (leftover) throw new Error(`${file.pathname}: the bundler does not understand "${leftover[0]}"`);
  parts.push(`const ${name} = (() => {\n${code.trim()}\nreturn { ${exported.join(', ')} };\n})();`);
  return name;
}

/**
 * Node warns once on stderr that this function is experimental, while the stripping behind it is the stable one that
 * runs this very file. A sandbox that starts with a warning looks broken, so this one warning is held back.
 */
function stripTypes(source: string): string {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
