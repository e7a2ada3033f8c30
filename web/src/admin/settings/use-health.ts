import type { HealthReport } from '@paydesk/contract/admin/health';
import { useCallback, useEffect, useState } from 'react';
import { ApiError, callApi } from '../../api/call.ts';

/** How long to wait before it is asked again what Stripe has answered, in milliseconds. */
const pause = 1_000;

export type Health = {
  report: HealthReport;
  busy: boolean;
  problem: string | null;
  checkNow(): void;
};

/** The report that the page came with, followed by newer ones while somebody is still being asked. */
export function useHealth(first: HealthReport): Health {
  const [report, setReport] = useState(first);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const fetchReport = useCallback(async (query: string) => {
    try {
      setReport(await callApi<HealthReport>('GET', `/api/admin/health${query}`));
      setProblem(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
    }
  }, []);
  useEffect(() => {
    if (!report.asking) return;
    const timer = setTimeout(() => void fetchReport(''), pause);
    return () => clearTimeout(timer);
  }, [report, fetchReport]);
  const checkNow = () => {
    if (busy) return;
    setBusy(true);
    void fetchReport('?fresh=1').finally(() => setBusy(false));
  };
  return { report, busy, problem, checkNow };
}
