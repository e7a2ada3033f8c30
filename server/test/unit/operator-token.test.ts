import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepOperatorToken, operatorTokenFile } from '../../src/http/operator-token.ts';

describe('the operators’ token of a shop that was not given one', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paydesk-token-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('lies beside the data', () => {
    expect(operatorTokenFile('sqlite:data/paydesk.db')).toBe('data/operator-token');
    expect(operatorTokenFile('sqlite:/srv/shop/shop.db')).toBe('/srv/shop/operator-token');
    expect(operatorTokenFile('postgres://user:secret@host/shop')).toBe('data/operator-token');
  });

  it('is made once, also by several processes at once, and only its owner can read it', async () => {
    const file = join(folder, 'data', 'operator-token');
    const tokens = await Promise.all(
      Array.from({ length: 8 }, (_, index) => keepOperatorToken(file, () => `${index}`.repeat(43))),
    );
    expect(new Set(tokens).size).toBe(1);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toBe(`${tokens[0]}\n`);
    expect(await keepOperatorToken(file, () => 'x'.repeat(43))).toBe(tokens[0]);
  });

  it('is refused when somebody shortened it', async () => {
    const file = join(folder, 'short');
    await writeFile(file, 'abc\n');
    await expect(keepOperatorToken(file, () => 'x'.repeat(43))).rejects.toThrow(/holds no token/);
  });
});
