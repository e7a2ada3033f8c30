import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Lines of output kept for the message of a failure. */
const keptLines = 200;
/** Milliseconds a process may take to end when asked, before it is killed. */
const endLimit = 10_000;

/** One of our programs, running for real. */
export class RunningProgram {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #name: string;

  constructor(program: string, parameters: string[], env: Record<string, string>) {
    this.#name = program;
    this.#child = spawn(process.execPath, [program, ...parameters], {
      cwd: repository,
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      stream.on('data', (chunk) => this.#keep(String(chunk)));
    // A test run that ends early must not leave shops behind.
    const kill = (): void => void this.#child.kill('SIGKILL');
    process.once('exit', kill);
    this.#child.once('exit', () => process.off('exit', kill));
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it wrote lately, for messages and for tests that look for a line or for a secret. */
  get output(): string {
    return this.#lines.join('');
  }

  /** Ends it as an operator would. Throws when it had to be killed, because a clean stop is part of what it promises. */
  async stop(): Promise<void> {
    if (!this.running) return;
    const impatience = AbortSignal.timeout(endLimit);
    const exited = once(this.#child, 'exit', { signal: impatience });
    this.#child.kill('SIGTERM');
    try {
      await exited;
    } catch {
      await this.kill9();
      throw new Error(`${this.#name} did not stop within ${endLimit / 1000} s.\n${this.output}`);
    }
  }

  /** Ends it as a power cut would. */
  async kill9(): Promise<void> {
    if (!this.running) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  /** Waits until `url` answers 200. Throws with the program's own words when it ends first, or takes longer than 30 s. */
  async answers(url: string): Promise<void> {
    const deadline = performance.now() + 30_000;
    while (this.running && performance.now() < deadline) {
      const status = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
        async (reply) => {
          await reply.body?.cancel();
          return reply.status;
        },
        () => 0,
      );
      if (status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${this.#name} ${this.running ? `did not answer at ${url}` : 'ended'}.\n${this.output}`);
  }

  /** Waits until it has written something. Throws with its own words when it ends first. */
  async speaks(): Promise<void> {
    const written = once(this.#child.stdout!, 'data', { signal: AbortSignal.timeout(30_000) });
    await Promise.race([written, once(this.#child, 'exit')]);
    if (!this.running) throw new Error(`${this.#name} ended.\n${this.output}`);
  }

  #keep(text: string): void {
    this.#lines.push(text);
    if (this.#lines.length > keptLines) this.#lines.shift();
  }
}

/** Runs one of our programs to its end. Throws with its output when it fails. */
export async function runToEnd(
  program: string,
  parameters: string[],
  env: Record<string, string>,
): Promise<void> {
  const child = spawn(process.execPath, [program, ...parameters], {
    cwd: repository,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ended with ${code}.\n${output}`);
}
