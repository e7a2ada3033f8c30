import type { ExperimentKind, LabOutcome, LabRun, LabState, LabStep } from '@paydesk/contract/admin/lab';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ExperimentList } from '../../admin/lab/experiment-list.tsx';
import { OutcomeCard } from '../../admin/lab/outcome-card.tsx';
import { ClockCard, FaultsCard } from '../../admin/lab/switches.tsx';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { useAction } from '../../admin/parts/use-action.ts';
import { ApiError, callApi } from '../../api/call.ts';
import { load, loadOptional } from '../../api/load.ts';
import { Notice } from '../../parts/notice.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/lab.ts';

/** Longer than the shop waits twice for a Stripe that does not answer, in milliseconds. */
const patience = 60_000;

type LabData = { lab: LabState; outcome: LabOutcome | null };

export async function loader({ context, request }: Route.LoaderArgs): Promise<LabData> {
  const { searchParams } = new URL(request.url);
  const [run, order] = [searchParams.get('run'), searchParams.get('order')];
  const lab = await load<LabState>(context, '/api/admin/lab');
  const isKnown = order !== null && lab.experiments.some(({ kind }) => kind === run);
  const path = `/api/admin/lab/experiments/${run}/${encodeURIComponent(order ?? '')}`;
  return { lab, outcome: isKnown ? await loadOptional<LabOutcome>(context, path) : null };
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Failure lab') }];
}

export default function LabPage({ loaderData: { lab, outcome } }: Route.ComponentProps) {
  const experiment = useExperiment();
  const arm = useAction({ path: '/api/admin/lab/faults' });
  const title = (kind: ExperimentKind) => lab.experiments.find((one) => one.kind === kind)?.title ?? kind;
  const problem = experiment.problem ?? arm.problem;
  return (
    <AdminPage
      title="Failure lab"
      lead="Breaks something between shop, Stripe and customer with a test order, and shows that no money is lost. On the sandbox only; each experiment begins with all faults cleared."
    >
      {problem && (
        <Notice tone="danger" role="alert" className="mb-4">
          {problem}
        </Notice>
      )}
      <p role="status" className={experiment.running ? 'mb-4 text-muted' : 'sr-only'}>
        {experiment.running &&
          `Running: ${title(experiment.running)}. The shop may have to wait for Stripe meanwhile…`}
      </p>
      {outcome && !experiment.running && (
        <OutcomeCard
          key={outcome.order.id}
          title={title(outcome.kind)}
          first={outcome}
          did={experiment.didTo(outcome.order.id)}
        />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="lg:col-span-2">
          <ExperimentList
            experiments={lab.experiments}
            running={experiment.running}
            run={experiment.run}
            arm={(fault) => void arm.run({ fault })}
          />
        </div>
        <div className="grid gap-4">
          <FaultsCard faults={lab.faults} />
          <ClockCard clock={lab.clock} />
        </div>
      </div>
    </AdminPage>
  );
}

/** Runs one at a time. What it did is told beside what came of it, for as long as the page is open. */
function useExperiment() {
  const navigate = useNavigate();
  const [running, setRunning] = useState<ExperimentKind | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [last, setLast] = useState<LabRun | null>(null);
  const run = async (kind: ExperimentKind) => {
    if (running) return;
    setRunning(kind);
    setProblem(null);
    window.scrollTo({ top: 0 });
    try {
      const options = { body: { kind }, timeout: patience };
      const done = await callApi<LabRun>('POST', '/api/admin/lab/experiments', options);
      setLast(done);
      await navigate(`/admin/lab?run=${kind}&order=${done.order.id}`, { preventScrollReset: true });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
    } finally {
      setRunning(null);
    }
  };
  const didTo = (orderId: string): readonly LabStep[] => (last?.order.id === orderId ? last.steps : []);
  return { running, problem, run: (kind: ExperimentKind) => void run(kind), didTo };
}
