/**
 * Time and timers. Everything in the sandbox asks this clock; a test may move it, hold it and let it go again
 * (`POST /_sandbox/clock`).
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs the task once its moment has come. Tasks run in the order of their moments. */
  at(moment: number, task: () => void): void;
  /** Runs what is due by now. A timer comes a millisecond late, and a call may come before it. */
  catchUp(): void;
  stop(): void;
}

export interface ClockState {
  /** Milliseconds since 1970 at which time stands still; null while it runs. */
  frozenAt: number | null;
  /** How far running time is from the machine's, in milliseconds. */
  offset: number;
}

export interface MovableClock extends Clock {
  state(): ClockState;
  /** The moment of the nearest task; null when there is none. */
  nextAt(): number | null;
  /** Whether `advanceTo` is under way. */
  isMoving(): boolean;
  freeze(): void;
  resume(): void;
  /** Says another time without running what was due in between; only for the way back. */
  setTo(moment: number): void;
  /**
   * Moves time forward to the moment. Every task that falls due runs in order while the clock shows its own moment;
   * `settled` is awaited before each, so that what one task began (a delivery) has ended before time goes on.
   */
  advanceTo(moment: number, settled: () => Promise<void>): Promise<void>;
}

/** Node fires timers longer than this at once; a later wake-up simply arms the next. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Alarm {
  moment: number;
  order: number;
  task: () => void;
}

export function isMovable(clock: Clock): clock is MovableClock {
  return 'advanceTo' in clock;
}

/** The machine's own clock until it is moved. @param start where an earlier run of the sandbox left it */
export function systemClock(start: ClockState = { frozenAt: null, offset: 0 }): MovableClock {
  return new SystemClock(start);
}

/** One timer for the nearest of all alarms, which are kept in a binary heap. */
class SystemClock implements MovableClock {
  private readonly heap: Alarm[] = [];
  private timer: NodeJS.Timeout | undefined;
  private armedFor = Number.POSITIVE_INFINITY;
  private order = 0;
  private frozenAt: number | null;
  private offset: number;
  /** While time is being moved, only the move itself runs tasks. */
  private isBeingMoved = false;

  constructor(start: ClockState) {
    this.frozenAt = start.frozenAt;
    this.offset = start.offset;
  }

  now(): number {
    return this.frozenAt ?? Date.now() + this.offset;
  }

  at(moment: number, task: () => void): void {
    add(this.heap, { moment, order: this.order++, task });
    this.arm();
  }

  catchUp(): void {
    const nearest = this.heap[0];
    if (nearest !== undefined && nearest.moment <= this.now()) this.ring();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.heap.length = 0;
    this.isBeingMoved = false;
  }

  state(): ClockState {
    return { frozenAt: this.frozenAt, offset: this.offset };
  }

  nextAt(): number | null {
    return this.heap[0]?.moment ?? null;
  }

  isMoving(): boolean {
    return this.isBeingMoved;
  }

  freeze(): void {
    this.frozenAt = this.now();
    this.rearm();
  }

  resume(): void {
    if (this.frozenAt !== null) this.offset = this.frozenAt - Date.now();
    this.frozenAt = null;
    this.rearm();
  }

  setTo(moment: number): void {
    if (this.frozenAt !== null) this.frozenAt = moment;
    else this.offset = moment - Date.now();
    this.rearm();
  }

  async advanceTo(moment: number, settled: () => Promise<void>): Promise<void> {
    if (this.isBeingMoved) throw new Error('the clock is already being moved');
    const wasFrozen = this.frozenAt !== null;
    this.frozenAt = this.now();
    this.isBeingMoved = true;
    clearTimeout(this.timer);
    await settled();
    for (let next = this.heap[0]; this.isBeingMoved && next !== undefined && next.moment <= moment; ) {
      this.frozenAt = Math.max(this.frozenAt, next.moment);
      takeFirst(this.heap).task();
      await settled();
      next = this.heap[0];
    }
    this.frozenAt = Math.max(this.frozenAt, moment);
    this.isBeingMoved = false;
    if (wasFrozen) this.rearm();
    else this.resume();
  }

  private rearm(): void {
    clearTimeout(this.timer);
    this.armedFor = Number.POSITIVE_INFINITY;
    this.arm();
  }

  private arm(): void {
    if (this.isBeingMoved) return;
    const nearest = this.heap[0]?.moment ?? Number.POSITIVE_INFINITY;
    if (nearest >= this.armedFor) return;
    const now = this.now();
    // Frozen time reaches no later moment; what is due already still happens.
    if (this.frozenAt !== null && nearest > now) return;
    clearTimeout(this.timer);
    this.armedFor = nearest;
    this.timer = setTimeout(() => this.ring(), Math.min(Math.max(nearest - now, 0), LONGEST_TIMER_MS));
    this.timer.unref();
  }

  private ring(): void {
    this.armedFor = Number.POSITIVE_INFINITY;
    if (this.isBeingMoved) return;
    const now = this.now();
    while (this.heap.length > 0 && this.heap[0]!.moment <= now) takeFirst(this.heap).task();
    this.arm();
  }
}

function isBefore(a: Alarm, b: Alarm): boolean {
  return a.moment < b.moment || (a.moment === b.moment && a.order < b.order);
}

function add(heap: Alarm[], alarm: Alarm): void {
  let index = heap.push(alarm) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!isBefore(alarm, heap[parent]!)) break;
    heap[index] = heap[parent]!;
    index = parent;
  }
  heap[index] = alarm;
}

function takeFirst(heap: Alarm[]): Alarm {
  const first = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return first;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
    if (!isBefore(heap[child]!, last)) break;
    heap[index] = heap[child]!;
    index = child;
  }
  heap[index] = last;
  return first;
}
