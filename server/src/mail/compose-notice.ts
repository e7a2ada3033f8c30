import type { Letter, Mail } from '../app/ports.ts';
import type { AccountNotice } from '../domain/person.ts';
import { renderHtml } from './layout.ts';
import type { MailPage } from './pages.ts';
import { renderText } from './plain-text.ts';

/** A mail about an account, as HTML and as text. */
export function composeNotice(
  notice: AccountNotice,
  shop: Letter['shop'],
): Pick<Mail, 'subject' | 'html' | 'text'> {
  const page: MailPage = {
    facts: [],
    shows: { summary: false, address: false },
    reader: 'member',
    ...wordsOf(notice, shop),
  };
  const about = { shop, order: null };
  return { subject: page.subject, html: renderHtml(page, about), text: renderText(page, about) };
}

type Words = Pick<MailPage, 'subject' | 'preheader' | 'title' | 'paragraphs' | 'note' | 'button'> &
  Partial<Pick<MailPage, 'reader'>>;

function wordsOf(notice: AccountNotice, shop: Letter['shop']): Words {
  switch (notice.about) {
    case 'verify':
      return {
        subject: `Confirm your e-mail address · ${shop.name}`,
        preheader: 'One click, and your account is ready.',
        title: 'Confirm your e-mail address',
        paragraphs: [
          `Hello ${notice.name}, this address was given for an account at ${shop.name}. Confirm that it is yours, and your account is ready. Orders that you placed with it before will be in it.`,
        ],
        note: 'The link works for a day.',
        button: { label: 'Confirm my address', url: notice.link },
      };
    case 'reset':
      return {
        subject: `Choose a new password · ${shop.name}`,
        preheader: 'Somebody asked for a new password.',
        title: 'Choose a new password',
        paragraphs: [
          `Hello ${notice.name}, somebody asked for a new password for your account at ${shop.name}. If it was you, choose one now. All devices will be signed out.`,
        ],
        note: 'The link works once, for an hour. If it was not you, your password stays as it is.',
        button: { label: 'Choose a password', url: notice.link },
      };
    case 'change_email':
      return {
        subject: `Your e-mail address is to be changed · ${shop.name}`,
        preheader: `To ${notice.newEmail}.`,
        title: 'Change your e-mail address?',
        paragraphs: [
          `Hello ${notice.name}, somebody who is signed in to your account at ${shop.name} wants its address to be ${notice.newEmail}. Nothing changes unless you agree here; then the new address has to be confirmed as well.`,
        ],
        note: 'If it was not you, change your password.',
        button: { label: 'Yes, change it', url: notice.link },
      };
    case 'invite':
      return {
        subject: `You are invited to run ${shop.name}`,
        preheader: `${notice.by} invites you.`,
        title: `Help to run ${shop.name}`,
        paragraphs: [
          `${notice.by} invites you to the back office of ${shop.name} as ${notice.role}. Open the link, and choose a password or sign in to the account that you have.`,
        ],
        note: 'The link works once, for a week. If you do not know why you got it, do nothing.',
        button: { label: 'Accept the invitation', url: notice.link },
      };
    case 'approval_asked':
      return approvalAsked(notice, shop);
    case 'approval_decided':
      return approvalDecided(notice, shop);
  }
}

type About<Kind extends AccountNotice['about']> = Extract<AccountNotice, { about: Kind }>;

function approvalAsked(notice: About<'approval_asked'>, shop: Letter['shop']): Words {
  const { name, amount, orderNumber, by, reason, link } = notice;
  return {
    subject: `A refund of ${amount} waits for your word · ${shop.name}`,
    preheader: `${by} asks for it, for order ${orderNumber}.`,
    title: 'A refund waits for you',
    paragraphs: [
      `Hello ${name}, ${by} wants to give back ${amount} of order ${orderNumber}. That is more than they may decide alone.`,
      ...(reason === null ? [] : [`Their reason: ${reason}`]),
    ],
    note: 'Nothing has moved, and the customer has not been told. Approve or reject it under Approvals in the back office.',
    button: { label: 'Look at the order', url: link },
    reader: 'operator',
  };
}

function approvalDecided(notice: About<'approval_decided'>, shop: Letter['shop']): Words {
  const { name, agreed, amount, orderNumber, by, reason, link } = notice;
  const came = agreed ? 'approved' : 'rejected';
  return {
    subject: `Your refund of ${amount} was ${came} · ${shop.name}`,
    preheader: `By ${by}, for order ${orderNumber}.`,
    title: `Your refund was ${came}`,
    paragraphs: [
      `Hello ${name}, ${by} ${came} the refund of ${amount} that you asked for, of order ${orderNumber}.`,
      ...(reason === null ? [] : [`Their reason: ${reason}`]),
    ],
    note: agreed ? 'It is on its way, and the customer is told once it has gone.' : 'Nothing has moved.',
    button: { label: 'Look at the order', url: link },
    reader: 'operator',
  };
}
