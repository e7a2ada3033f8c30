import type { OperatorSelf } from '@paydesk/contract/admin/operators';
import { useRouteLoaderData } from 'react-router';

const adminLayoutId = 'layout/admin-layout';

/** Who is at the back office. Only for its pages. */
export function useOperator(): OperatorSelf {
  const data = useRouteLoaderData(adminLayoutId) as { operator: OperatorSelf } | undefined;
  if (!data) throw new Error('This page is not in the frame of the back office.');
  return data.operator;
}

const ranks = ['viewer', 'manager', 'owner'];

/** Whether to offer something at all. The server decides for itself. */
export function useMay(role: 'manager' | 'owner'): boolean {
  return ranks.indexOf(useOperator().role) >= ranks.indexOf(role);
}
