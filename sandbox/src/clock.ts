/** Time and timers. Everything in the sandbox asks this clock, so that a later one can be moved by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs the task once its moment has come. Tasks run in the order of their moments. */
  at(moment: number, task: () => void): void;
  stop(): void;
}

/** Node fires timers longer than this at once; a later wake-up simply arms the next. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Alarm {
  moment: number;
  order: number;
  task: () => void;
}

/** The machine's own clock: one timer for the nearest of all alarms, which are kept in a binary heap. */
export function systemClock(): Clock {
  const heap: Alarm[] = [];
  let timer: NodeJS.Timeout | undefined;
  let armedFor = Number.POSITIVE_INFINITY;
  let order = 0;

  const arm = (): void => {
    const nearest = heap[0]?.moment ?? Number.POSITIVE_INFINITY;
    if (nearest >= armedFor) return;
    clearTimeout(timer);
    armedFor = nearest;
    timer = setTimeout(ring, Math.min(Math.max(nearest - Date.now(), 0), LONGEST_TIMER_MS));
    timer.unref();
  };
  const ring = (): void => {
    armedFor = Number.POSITIVE_INFINITY;
    const now = Date.now();
    while (heap.length > 0 && heap[0]!.moment <= now) takeFirst(heap).task();
    arm();
  };
  return {
    now: Date.now,
    at(moment, task) {
      add(heap, { moment, order: order++, task });
      arm();
    },
    stop() {
      clearTimeout(timer);
      heap.length = 0;
    },
  };
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
