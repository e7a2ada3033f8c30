import type { AddedNote } from '@paydesk/contract/admin/desk';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Ago } from '../parts/ago.tsx';
import { Card } from '../parts/card.tsx';
import { useAction } from '../parts/use-action.ts';
import { useDesk } from './desk-context.ts';

/** What operators tell each other about the order, the newest first. */
export function NotesCard() {
  const { desk, mayManage } = useDesk();
  return (
    <Card title="Notes">
      {mayManage && <AddNote orderId={desk.order.id} />}
      {desk.notes.length === 0 && !mayManage && <p className="text-muted">Nobody noted anything.</p>}
      <ul className="divide-y divide-border">
        {desk.notes.toReversed().map((note) => (
          <li key={note.id} className="py-2.5 last:pb-0">
            <p className="wrap-anywhere whitespace-pre-wrap">{note.text}</p>
            <p className="text-muted text-xs">
              {note.by}, <Ago at={note.at} />
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function AddNote({ orderId }: { orderId: string }) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const { run, busy, problem } = useAction<AddedNote>({ path: `/api/admin/orders/${orderId}/notes` });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return field.current?.focus();
    if (await run({ text: text.trim() })) setText('');
  };
  return (
    <form onSubmit={submit} className="mb-2 grid gap-2">
      {problem && (
        <Notice tone="danger" role="alert">
          {problem}
        </Notice>
      )}
      <label htmlFor="note" className="text-muted">
        Only operators read these.
      </label>
      <textarea
        ref={field}
        id="note"
        rows={2}
        maxLength={2_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="w-full rounded-control border border-control bg-surface px-3 py-2 text-base lg:text-sm"
      />
      <Button
        type="submit"
        size="small"
        variant="secondary"
        aria-disabled={busy}
        className="justify-self-start max-lg:min-h-11"
      >
        {busy ? 'One moment…' : 'Add the note'}
      </Button>
    </form>
  );
}
