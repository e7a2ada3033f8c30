import type { AccountSession } from '@paydesk/contract/account';
import { useState } from 'react';
import { useNavigate, useRevalidator } from 'react-router';
import { ApiError, callApi } from '../api/call.ts';
import { Card } from '../order/card.tsx';
import { Button } from '../parts/button.tsx';
import { LocalTime } from '../parts/local-time.tsx';
import { Notice } from '../parts/notice.tsx';
import { deviceName } from './device-name.ts';

/** Where somebody is signed in, and the way out of each. */
export function Sessions({ sessions }: { sessions: AccountSession[] }) {
  const navigate = useNavigate();
  const { revalidate } = useRevalidator();
  const [problem, setProblem] = useState<string | null>(null);
  const act = (path: string, body: object | undefined, then: () => unknown) => {
    setProblem(null);
    callApi('POST', path, { body })
      .then(then)
      .catch((error: unknown) => setProblem(error instanceof ApiError ? error.message : String(error)));
  };
  return (
    <Card title="Where you are signed in">
      {problem && (
        <Notice tone="danger" role="alert" className="mb-4">
          {problem}
        </Notice>
      )}
      <ul className="divide-y divide-border">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center justify-between gap-4 py-3">
            <div>
              <p>{deviceName(session.userAgent)}</p>
              <p className="text-muted text-sm">
                {session.isCurrent ? 'This device, since ' : 'Since '}
                <LocalTime at={session.createdAt} as="date" />
              </p>
            </div>
            {!session.isCurrent && (
              <Button
                variant="secondary"
                size="small"
                onClick={() => act(`/api/account/sessions/${session.id}/end`, undefined, revalidate)}
              >
                Sign out<span className="sr-only"> {deviceName(session.userAgent)}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button variant="secondary" onClick={() => act('/api/auth/sign-out', {}, () => navigate('/'))}>
          Sign out
        </Button>
        {sessions.length > 1 && (
          <Button variant="secondary" onClick={() => act('/api/auth/revoke-other-sessions', {}, revalidate)}>
            Sign out everywhere else
          </Button>
        )}
      </div>
    </Card>
  );
}
