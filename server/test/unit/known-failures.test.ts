import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const table = await readFile(new URL('docs/known-failures.md', root), 'utf8');
const rows = [...table.matchAll(/^\| ([PF]\d+) \|.*\| `([\w-]+)` (.+?) \|$/gm)].map(([, id, file, name]) => ({
  id: id!,
  file: file!,
  name: name!,
}));

it('every known failure of other shops is in the table', () => {
  const numbers = rows.map(({ id }) => id).filter((id) => id.startsWith('P'));
  expect(numbers).toEqual(Array.from({ length: 18 }, (_, index) => `P${index + 1}`));
});

it.each(rows)('$id has the test that is named for it: $name', async ({ file, name }) => {
  const tests = await readFile(new URL(`server/test/integration/${file}.test.ts`, root), 'utf8');
  expect(tests).toContain(`'${name}'`);
});
