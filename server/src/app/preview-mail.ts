import type { MailKind, MailPreview } from '@paydesk/contract/admin/mails';
import type { Order } from '@paydesk/contract/orders';
import type { AccountNotice } from '../domain/person.ts';
import { AppError } from './errors.ts';
import { findNamedOrder } from './name-order.ts';
import type { App, Letter, LetterSubject, Mail } from './ports.ts';
import { loadOrder } from './present-order.ts';
import { sampleOrder } from './sample-order.ts';

type OrderMail = LetterSubject['about'];
type Written = Pick<Mail, 'to' | 'subject' | 'html' | 'text'> & { order: MailPreview['order'] };

/** What nobody may use, in the place of what would let somebody in. */
const noSecret = '#only-a-preview';
const sampleAddress = 'ada@example.com';
const aboutApproval = { amount: '$250.00', orderNumber: '7K3M-92QX', by: 'Grace Hopper' };

/**
 * One mail as it would be sent, about the order that is named or about a made-up one. Its links lead to the pages, but let
 * nobody in.
 *
 * @throws AppError order_not_found, mail_not_for_order
 */
export async function previewMail(
  app: App,
  { kind, order }: { kind: MailKind; order?: string | undefined },
): Promise<Written> {
  const notice = noticeOf(app, kind);
  if (notice) return { ...app.composeNotice(notice), to: notice.to, order: null };
  const about = kind as OrderMail;
  const shown =
    order === undefined ? sampleOrder(app, about) : await loadOrder(app, await findNamedOrder(app, order));
  const { name, frontendUrl, seller, operatorEmail } = app.shop;
  const letter: Letter = {
    ...subjectOf(about, shown),
    order: shown,
    link: `${frontendUrl}/orders/${shown.id}${noSecret}`,
    shop: { name, url: frontendUrl, seller },
  };
  const to = about === 'disputed' ? (operatorEmail ?? 'nobody: no address is set') : shown.contact.email;
  const named = order === undefined ? null : { id: shown.id, number: shown.number };
  return { ...app.composeMail(letter), to, order: named };
}

/** The newest thing of this order that the mail is about. */
function subjectOf(about: OrderMail, { refunds, payments, disputes, fulfilments }: Order): LetterSubject {
  switch (about) {
    case 'placed':
    case 'paid':
    case 'payment_failed':
      return { about };
    case 'shipped':
      known(fulfilments.at(-1));
      return { about };
    case 'refunded':
      return { about, refund: known(refunds.findLast(({ status }) => status === 'succeeded')) };
    case 'refund_failed':
      return { about, refund: known(refunds.findLast(({ status }) => status === 'failed')) };
    case 'transfer':
      return { about, payment: known(payments.findLast(({ instructions }) => instructions !== null)) };
    case 'disputed':
      return { about, dispute: known(disputes.at(-1)) };
  }
}

function known<T>(found: T | undefined): T {
  if (found === undefined) throw new AppError('mail_not_for_order');
  return found;
}

function noticeOf(app: App, kind: MailKind): AccountNotice | null {
  const common = { to: sampleAddress, name: 'Ada Lovelace', link: `${app.shop.frontendUrl}/${noSecret}` };
  switch (kind) {
    case 'verify':
    case 'reset':
      return { about: kind, ...common };
    case 'change_email':
      return { about: kind, ...common, newEmail: 'ada@new.example' };
    case 'invite':
      return { about: kind, ...common, role: 'manager', by: 'Grace Hopper' };
    case 'approval_asked':
      return { about: kind, ...common, ...aboutApproval, reason: 'The glaze has a crack.' };
    case 'approval_decided':
      return { about: kind, ...common, ...aboutApproval, agreed: true, reason: null };
    default:
      return null;
  }
}
