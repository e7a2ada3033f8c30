import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

export type CommandOptions = {
  env?: Record<string, string>;
  /** `show` passes the output on as it comes; `keep` collects it. */
  output: 'show' | 'keep';
  /** Milliseconds after which a command that hangs is ended and counts as failed. */
  timeLimit: number;
};

export type CommandOutcome = { ok: boolean; output: string; reason: string };

/** Runs a program of the repository's `node_modules`, or `npm`, to its end. Never throws: a program that is missing is a failure. */
export async function runProgram(program: string[], options: CommandOptions): Promise<CommandOutcome> {
  const [command = '', ...parameters] = program;
  const kept = options.output === 'keep';
  const child = spawn(command, parameters, {
    cwd: repository,
    env: { ...environment(), ...options.env },
    // Standard input stays closed: nothing here may ever ask a question.
    stdio: ['ignore', kept ? 'pipe' : 'inherit', kept ? 'pipe' : 'inherit'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  const limit = limitTime(child, options.timeLimit);
  const reason = await ending(child);
  clearTimeout(limit.timer);
  return {
    ok: reason === '',
    output,
    reason: limit.reached() ? `took over ${options.timeLimit / 1000} s` : reason,
  };
}

/** The path of a package's own program, run by the Node that runs us: the host's `node` may be too old. */
export function packageProgram(path: string): string[] {
  return [process.execPath, join(repository, 'node_modules', path)];
}

function environment(): NodeJS.ProcessEnv {
  const first = [dirname(process.execPath), join(repository, 'node_modules', '.bin')];
  return {
    ...process.env,
    PATH: [...first, process.env.PATH ?? ''].join(delimiter),
    FORCE_COLOR: undefined,
    NO_COLOR: '1',
  };
}

function limitTime(child: ChildProcess, milliseconds: number) {
  let reached = false;
  const timer = setTimeout(() => {
    reached = true;
    child.kill('SIGKILL');
  }, milliseconds);
  return { timer, reached: () => reached };
}

async function ending(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, 'close');
    if (code === 0) return '';
    return signal ? `was ended by ${signal}` : `ended with code ${code}`;
  } catch (error) {
    return (error as Error).message;
  }
}
