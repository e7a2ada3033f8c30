import type { ExperimentKind, LabFault, LabOutcome, LabRun, LabState } from '@paydesk/contract/admin/lab';
import { experimentKinds } from '@paydesk/contract/admin/lab';
import { experiments } from './experiments.ts';
import { clearFaults, listFaults, setFault } from './faults.ts';
import { outcomeOf } from './outcome.ts';
import { type Bench, runExperiment } from './run.ts';
import { SandboxClient, type SandboxKeys } from './sandbox.ts';
import { LabRefusal, type ShopApi } from './shopper.ts';

/**
 * Makes failures happen on the sandbox. It knows that and our own API, as anybody could call them, and one thing that nobody can
 * call: the end of an order's time, for which it would have to wait.
 */
export type Lab = {
  state(): Promise<LabState>;
  run(api: ShopApi, kind: ExperimentKind): Promise<LabRun>;
  outcome(api: ShopApi, kind: ExperimentKind, orderId: string): Promise<LabOutcome | null>;
  setFault(fault: LabFault): Promise<void>;
  clearFaults(id?: string): Promise<void>;
  moveClock(advance: '5m' | '1h' | '1d' | 'back'): Promise<void>;
  /** A sentence for a person where something could not be done; null for any other failure. */
  refusal(error: unknown): string | null;
};

export function openLab(keys: SandboxKeys, shop: Omit<Bench, 'sandbox' | 'api'>): Lab {
  const { now } = shop;
  const sandbox = new SandboxClient(keys);
  return {
    state: async () => {
      const [faults, clock] = await Promise.all([
        listFaults(sandbox),
        sandbox.control<{ now: number; iso: string }>('GET', 'clock'),
      ]);
      return {
        experiments: experimentKinds.map((kind) => {
          const { title, happens, lesson, seconds } = experiments[kind];
          return { kind, title, happens, lesson, seconds };
        }),
        faults,
        clock: { at: clock.iso, aheadBy: Math.round(clock.now - now()) },
        sandboxUrl: sandbox.url,
      };
    },
    run: (api, kind) => runExperiment({ sandbox, api, ...shop }, kind),
    outcome: (api, kind, orderId) => outcomeOf({ api, sandbox }, kind, orderId),
    setFault: async (fault) => {
      await setFault(sandbox, fault);
    },
    clearFaults: (id) => clearFaults(sandbox, id),
    moveClock: async (advance) => {
      await sandbox.control('POST', 'clock', advance === 'back' ? { now: String(now()) } : { advance });
    },
    refusal: (error) => (error instanceof LabRefusal ? error.message : null),
  };
}
