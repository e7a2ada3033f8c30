import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { repository } from '../testing/command.ts';
import { readableLogLine } from './log-lines.ts';

/** Milliseconds a process may take to finish what it is doing before it is killed: the whole stop stays under five seconds. */
const stopLimit = 4_000;
/** Lines kept to say why a process ended. */
const keptLines = 12;

/**
 * Runs a program for as long as its standard input stays open, then asks it to end. We hold the other end: however this
 * process dies, SIGKILL included, nothing of the shop is left behind on its ports.
 */
const whileInputIsOpen = `
exec 3<&0
"$@" 3<&- &
program=$!
(read -r _ <&3; kill "$program") >/dev/null 2>&1 &
watcher=$!
wait "$program"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"`;

/** One process of the running shop. */
export class Child {
  readonly name: string;
  /** Resolves when it has said its first line on standard output. */
  readonly spoken: Promise<unknown>;
  /** Resolves with the reason, for a person, once it has ended. */
  readonly ended: Promise<string>;
  readonly #process: ChildProcess;
  readonly #lines: string[] = [];
  #quiet = false;

  /** `shown` decides which of its lines appear in the terminal. */
  constructor(name: string, parameters: string[], env: NodeJS.ProcessEnv, shown: (line: string) => boolean) {
    this.name = name;
    // A session of its own: Ctrl-C reaches only us, and we stop each process once and in order.
    this.#process = spawn('/bin/sh', ['-c', whileInputIsOpen, 'sh', process.execPath, ...parameters], {
      cwd: repository,
      env,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process.stdin!.on('error', () => {});
    const output = createInterface({ input: this.#process.stdout! });
    const complaints = createInterface({ input: this.#process.stderr! });
    for (const lines of [output, complaints]) lines.on('line', (line) => this.#take(line, shown));
    this.spoken = once(output, 'line');
    this.ended = this.#ending();
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** The last of what it said and was not shown, for the message that says why it ended. */
  get lastWords(): string {
    return this.#lines.join('\n');
  }

  /** Stops showing what it says: its last words are told once, with the reason. */
  hush(): void {
    this.#quiet = true;
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    this.#process.stdin!.end();
    const impatience = setTimeout(() => process.kill(-this.#process.pid!, 'SIGKILL'), stopLimit);
    await this.ended;
    clearTimeout(impatience);
  }

  #take(line: string, shown: (line: string) => boolean): void {
    const readable = readableLogLine(line);
    if (!this.#quiet && shown(line)) process.stdout.write(`${readable}\n`);
    else if (this.#lines.push(readable) > keptLines) this.#lines.shift();
  }

  async #ending(): Promise<string> {
    try {
      const [code, signal] = await once(this.#process, 'close');
      return signal || code > 128
        ? `it was ended by ${signal ?? signalName(code - 128)}`
        : `it ended with code ${code}`;
    } catch (error) {
      return (error as Error).message;
    }
  }
}

/** A shell answers 128 and the number of the signal that ended the program. */
function signalName(number: number): string {
  const known = Object.entries(constants.signals).find(([, value]) => value === number);
  return known ? known[0] : `signal ${number}`;
}
