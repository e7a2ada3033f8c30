import { findNotes, insertNote, type NoteRow } from '../../db/desk.ts';
import type { Tx } from '../../db/schema.ts';
import { claim, finish, requestKey } from '../idempotency.ts';
import type { App } from '../ports.ts';

export type AddNote = { orderId: string; text: string; by: string; key?: string | undefined };

/** An operator notes something about an order, for operators only. It changes nothing of the order, so it has no version. */
export async function addNote(app: App, request: AddNote): Promise<NoteRow> {
  const { orderId, text, by } = request;
  const key = requestKey(`note:${orderId}`, request.key, { text });
  const now = app.clock.now();
  const write = async (tx: Tx): Promise<NoteRow> => {
    const claimed = key ? await claim(tx, key, now) : null;
    if (claimed?.state === 'done')
      return (await findNotes(tx, orderId)).find(({ id }) => id === claimed.reply)!;
    const note = { id: app.ids.next('note'), order_id: orderId, at: now, written_by: by, text };
    await insertNote(tx, note);
    if (key) await finish(tx, key, 201, note.id);
    return note;
  };
  const note = await app.database.transaction(write);
  app.log.info({ orderId, by }, 'a note was added');
  return note;
}
