import type { MailKind } from '@paydesk/contract/admin/mails';

type MailText = { kind: MailKind; name: string; when: string; isOfOrder: boolean };

/** What each mail is called in the back office, and when it is sent. */
export const mailTexts: readonly MailText[] = [
  {
    kind: 'placed',
    name: 'Order placed',
    when: 'A minute after an order that is still unpaid.',
    isOfOrder: true,
  },
  {
    kind: 'payment_failed',
    name: 'Payment failed',
    when: 'Ten minutes after an order’s first failure, if it is still not paid.',
    isOfOrder: true,
  },
  { kind: 'paid', name: 'Receipt', when: 'Once an order is paid, with its invoice.', isOfOrder: true },
  {
    kind: 'shipped',
    name: 'Shipped',
    when: 'Once a parcel has left, with how to follow it.',
    isOfOrder: true,
  },
  { kind: 'transfer', name: 'Bank details', when: 'When a bank transfer is chosen.', isOfOrder: true },
  {
    kind: 'refunded',
    name: 'Refunded',
    when: 'Once a refund succeeded, with a credit note.',
    isOfOrder: true,
  },
  {
    kind: 'refund_failed',
    name: 'Refund failed',
    when: 'When a refund that was announced fails after all.',
    isOfOrder: true,
  },
  { kind: 'disputed', name: 'Dispute', when: 'To the operators, when a bank opens one.', isOfOrder: true },
  { kind: 'verify', name: 'Confirm an address', when: 'When somebody makes an account.', isOfOrder: false },
  { kind: 'reset', name: 'New password', when: 'When somebody has forgotten theirs.', isOfOrder: false },
  {
    kind: 'change_email',
    name: 'Change of address',
    when: 'To the old address, before anything changes.',
    isOfOrder: false,
  },
  { kind: 'invite', name: 'Invitation', when: 'When an owner invites an operator.', isOfOrder: false },
  {
    kind: 'approval_asked',
    name: 'Approval asked for',
    when: 'To those who may approve a refund that takes two.',
    isOfOrder: false,
  },
  {
    kind: 'approval_decided',
    name: 'Approval decided',
    when: 'To whoever asked, once somebody approved or rejected it.',
    isOfOrder: false,
  },
];
