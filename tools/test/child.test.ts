import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { Child } from '../start/child.ts';

const childModule = new URL('../start/child.ts', import.meta.url).href;
const repository = fileURLToPath(new URL('../..', import.meta.url));
const forEver = 'setInterval(() => {}, 1000); console.log(process.pid);';

describe('a process of the running shop', () => {
  it('is stopped once, in its own time, and says when it has spoken', async () => {
    const tidyEnd = `process.once('SIGTERM', () => process.exit(0)); ${forEver}`;
    const child = new Child('It', ['-e', tidyEnd], process.env, () => false);
    await child.spoken;
    expect(child.running).toBe(true);
    await child.stop();
    expect(await child.ended).toBe('it ended with code 0');
  });

  it('that ends by itself leaves its last words and the reason', async () => {
    const child = new Child(
      'It',
      ['-e', "console.error('no more paper'); process.exit(3)"],
      process.env,
      () => false,
    );
    expect(await child.ended).toBe('it ended with code 3');
    expect(child.lastWords).toBe('no more paper');
  });

  it('that is killed is told by the name of the signal', async () => {
    const child = new Child('It', ['-e', "process.kill(process.pid, 'SIGKILL')"], process.env, () => false);
    expect(await child.ended).toBe('it was ended by SIGKILL');
  });

  it('ends with the one that started it, even when that is killed', async () => {
    const { starter, pid } = await startIndirectly();
    expect(isAlive(pid)).toBe(true);
    starter.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 });
  });
});

async function startIndirectly(): Promise<{ starter: ChildProcess; pid: number }> {
  const program = `
    import { Child } from '${childModule}';
    new Child('It', ['-e', ${JSON.stringify(forEver)}], process.env, () => true);`;
  const starter = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: starter.stdout! }), 'line');
  return { starter, pid: Number(line) };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
