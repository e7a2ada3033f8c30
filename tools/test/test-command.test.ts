import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

describe('npm test', () => {
  it('refuses a phase that does not exist and names those that do', () => {
    const { status, stderr } = run('--only=unit,intergration');
    expect(stderr).toMatch(/no phase "intergration".*integration/);
    expect(status).toBe(2);
  });

  it('lists its phases', () => {
    const { status, stdout } = run('--list');
    expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual(
      expect.arrayContaining(['tidy', 'lint', 'types', 'unused', 'unit', 'build', 'integration', 'browser']),
    );
    expect(status).toBe(0);
  });

  it('ends with one line that counts what passed and failed', () => {
    const { status, stdout } = run('--only=tidy');
    const last = stdout.trimEnd().split('\n').at(-1);
    expect(last).toMatch(/^\d+ passed, \d+ failed$/);
    expect(status).toBe(last?.endsWith(' 0 failed') ? 0 : 1);
  });
});

function run(...parameters: string[]) {
  const command = fileURLToPath(new URL('../test.ts', import.meta.url));
  return spawnSync(process.execPath, [command, ...parameters], {
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', CI: 'true' },
  });
}
