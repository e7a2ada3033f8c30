import type { AdminOrder } from '@paydesk/contract/admin';
import type { OrderMail } from '@paydesk/contract/admin/desk';
import { createContext, useContext } from 'react';
import type { DeskAction } from './desk-actions.ts';

/** What a dialog is open about. */
export type Asked =
  | { about: DeskAction }
  | { about: 'resend'; mail: OrderMail }
  | { about: 'settle'; refundId: string; way: 'complete' | 'fail' }
  | { about: 'close'; break: AdminOrder['breaks'][number] };

export type Desk = {
  desk: AdminOrder;
  /** Whether the operator may do anything here; the server decides for itself. */
  mayManage: boolean;
  /** Opens the dialog of an action. */
  ask(what: Asked): void;
};

export const DeskContext = createContext<Desk | null>(null);

/** The order whose page this is. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('This part belongs to the page of an order.');
  return desk;
}
