import { isRouteErrorResponse, Outlet, useRevalidator } from 'react-router';
import { Empty } from '../admin/parts/empty.tsx';
import { Button } from '../parts/button.tsx';
import type { Route } from './+types/content-layout.ts';

export default function ContentLayout() {
  return <Outlet />;
}

/** The frame stays when a page of it fails. */
export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const { revalidate, state } = useRevalidator();
  const said = isRouteErrorResponse(error) ? (error.data as Said | null)?.error : undefined;
  const title = said?.message ?? 'This page could not be loaded.';
  return (
    <>
      <h1 tabIndex={-1} className="mb-4 font-semibold text-2xl">
        {isRouteErrorResponse(error) && error.status === 404 ? 'Nothing here' : 'That did not work'}
      </h1>
      <Empty title={title}>
        {said?.requestId && <p className="font-mono text-xs">{said.requestId}</p>}
        <Button variant="secondary" size="small" className="mt-3" onClick={() => void revalidate()}>
          {state === 'loading' ? 'Trying…' : 'Try again'}
        </Button>
      </Empty>
    </>
  );
}

type Said = { error?: { message: string; requestId: string } };
