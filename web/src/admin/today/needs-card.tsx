import type { Today, Waiting } from '@paydesk/contract/admin/today';
import ChevronRight from 'lucide-react/icons/chevron-right';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Ago } from '../parts/ago.tsx';
import { Card } from '../parts/card.tsx';
import { Pill, type Tone } from '../parts/pill.tsx';

/** Work that is late by this much is not just busy, in seconds. */
const late = 60;
const tooLate = 300;

/** What waits for a person, and whether the shop's own work gets on. */
export function NeedsCard({ today, className }: { today: Today; className?: string }) {
  const { breaks, disputes, work } = today;
  return (
    <Card title="Needs you" className={className ?? ''}>
      <ul className="-mx-2">
        <Row
          to="/admin/breaks"
          label="Open breaks"
          part={breaks}
          says={(part) => count(part.open, 'danger')}
        />
        <Row
          to="/admin/effects?state=gave-up"
          label="Effects given up"
          part={breaks}
          says={(part) => count(part.gaveUp, 'danger')}
        />
        <Row
          to="/admin/orders?view=disputed"
          label="Disputes to answer"
          part={disputes}
          says={(part) => count(part.needEvidence, 'warning')}
          more={(part) => part.nextDueAt && <>due {<Ago at={part.nextDueAt} />}</>}
        />
        <Row
          to="/admin/events?state=waiting"
          label="Inbox"
          part={work}
          says={({ inbox }) => lateness(inbox)}
        />
        <Row
          to="/admin/effects?state=waiting"
          label="Outbox"
          part={work}
          says={({ outbox }) => lateness(outbox)}
        />
        <Row
          to="/admin/effects?state=waiting"
          label="E-mails"
          part={work}
          says={({ mail }) => lateness(mail)}
        />
      </ul>
    </Card>
  );
}

type RowProps<Part> = {
  to: string;
  label: string;
  /** Null where it could not be read. */
  part: Part | null;
  says(part: Part): { tone: Tone; word: string };
  more?(part: Part): ReactNode;
};

function Row<Part>({ to, label, part, says, more }: RowProps<Part>) {
  const said = part === null ? { tone: 'warning' as const, word: 'not known' } : says(part);
  return (
    <li>
      <Link
        to={to}
        className="flex min-h-11 items-center gap-2 rounded-control px-2 hover:bg-hover lg:min-h-10"
      >
        <span className="mr-auto">{label}</span>
        {part !== null && more && <span className="text-muted text-xs">{more(part)}</span>}
        <Pill tone={said.tone}>{said.word}</Pill>
        <ChevronRight aria-hidden="true" size={16} className="text-faint" />
      </Link>
    </li>
  );
}

function count(number: number, tone: Tone): { tone: Tone; word: string } {
  return number === 0 ? { tone: 'success', word: 'none' } : { tone, word: String(number) };
}

function lateness({ count: waiting, lateSeconds }: Waiting): { tone: Tone; word: string } {
  if (waiting === 0) return { tone: 'success', word: 'up to date' };
  if (lateSeconds < late) return { tone: 'neutral', word: `${waiting} under way` };
  const word = `${waiting}, ${lateSeconds < 7_200 ? `${Math.round(lateSeconds / 60)} min` : `${Math.round(lateSeconds / 3_600)} h`} late`;
  return { tone: lateSeconds < tooLate ? 'warning' : 'danger', word };
}
