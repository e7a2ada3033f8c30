import type { OperatorRole } from '@paydesk/contract/admin/operators';
import { ownerLink } from '../../src/app/operators/owner-link.ts';
import { Member, password } from './member.ts';
import type { TestShop } from './shop.ts';

/** The secret behind the # of a link that makes somebody an operator. */
export function tokenOf(link: string): string {
  return new URL(link).hash.slice(1);
}

/** Somebody who became the shop's first owner by its link, and is signed in. */
export async function firstOwner(shop: TestShop, email = 'owner@example.com'): Promise<Member> {
  const link = await ownerLink(shop.app);
  if (link === null) throw new Error('The shop has its owner already.');
  return await joinWith(shop, tokenOf(link), email);
}

/** Somebody whom an owner invited, and who is signed in. */
export async function invited(shop: TestShop, owner: Member, role: OperatorRole): Promise<Member> {
  const email = `${role}-${Math.random().toString(36).slice(2)}@example.com`;
  const reply = await owner.call('POST', '/api/admin/operators/invitations', { email, role });
  if (reply.status !== 201) throw new Error(`invite: ${reply.status} ${JSON.stringify(reply.body)}`);
  const link = await new Member(shop, email).mailedLink(/invited to run/);
  return await joinWith(shop, tokenOf(link.href), email);
}

async function joinWith(shop: TestShop, token: string, email: string): Promise<Member> {
  const member = new Member(shop, email);
  const name = email.split('@')[0]!;
  const reply = await member.call('POST', '/api/operators/join', { token, name, email, password });
  if (reply.status !== 201) throw new Error(`join: ${reply.status} ${JSON.stringify(reply.body)}`);
  const signedIn = await member.signIn();
  if (signedIn.status !== 200) throw new Error(`sign-in: ${JSON.stringify(signedIn.body)}`);
  return member;
}
