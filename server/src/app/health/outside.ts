import { type Finding, fail } from '../../domain/health.ts';
import type { Clock } from '../ports.ts';

/** How long an answer is good enough for a page, and for somebody who asks for a new one, in milliseconds. */
const goodFor = 15_000;
const freshFor = 2_000;

/** `findings`: null before the first answer. `isAsking`: a newer answer has yet to come. */
export type Heard = { findings: Finding[] | null; at: number | null; isAsking: boolean };

/**
 * What others say of the shop: the provider and the mail server. Asking them takes up to seconds, so one question at a time is
 * under way, its answer is kept for a while, and nobody waits longer than a page may take.
 */
export class OutsideHealth {
  readonly #ask: () => Promise<Finding[]>;
  readonly #clock: Clock;
  #findings: Finding[] | null = null;
  #at: number | null = null;
  #asking: Promise<void> | null = null;

  constructor(ask: () => Promise<Finding[]>, clock: Clock) {
    this.#ask = ask;
    this.#clock = clock;
  }

  /** @param patience how long to wait for a new answer, in milliseconds */
  async hear({ isFresh, patience }: { isFresh: boolean; patience: number }): Promise<Heard> {
    const age = this.#at === null ? Number.POSITIVE_INFINITY : this.#clock.now() - this.#at;
    // An answer from the future was noted by a clock that has been put back.
    if (age < 0 || age > (isFresh ? freshFor : goodFor)) this.#asking ??= this.#askNow();
    if (this.#asking) await Promise.race([this.#asking, pause(patience)]);
    return { findings: this.#findings, at: this.#at, isAsking: this.#asking !== null };
  }

  async #askNow(): Promise<void> {
    this.#findings = await this.#ask().catch((error: Error) => [
      fail('questions', `They could not be asked: ${error.message}`, 'Look at the log, then check again.'),
    ]);
    this.#at = this.#clock.now();
    this.#asking = null;
  }
}

async function pause(milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  AbortSignal.timeout(milliseconds).addEventListener('abort', () => resolve());
  await promise;
}
