import type { Log } from '../app/ports.ts';

export type Job = {
  name: string;
  /** Does what is due now and returns how much that was. */
  runOnce(): Promise<number>;
  /** How long to wait when nothing was due, in milliseconds. */
  idle: number;
};

export type Loop = {
  /** Looks at once instead of at the end of the wait. */
  wake(): void;
  /** Resolves when the round that runs now is over; none begins after it. */
  stop(): Promise<void>;
};

/** Runs a job again and again: at once while there is work, after a wait when there is none or when it failed. */
export function startLoop(job: Job, log: Log): Loop {
  let stopped = false;
  let woken = false;
  let wakeUp: () => void = () => {};
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, job.idle);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!stopped) {
      woken = false;
      const done = await job.runOnce().catch((error: unknown) => {
        log.error({ job: job.name, err: error }, 'a job failed and will be tried again');
        return 0;
      });
      if (done === 0 && !woken && !stopped) await rest();
    }
  };
  const running = run();
  return {
    wake: () => {
      woken = true;
      wakeUp();
    },
    stop: async () => {
      stopped = true;
      wakeUp();
      await running;
    },
  };
}
