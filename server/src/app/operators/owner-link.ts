import { createHmac, timingSafeEqual } from 'node:crypto';
import { readSetting } from '../../db/settings.ts';
import type { App } from '../ports.ts';

/**
 * The link that makes the shop's first owner. It is made of the shop's own secret, so that every process tells the same one and nothing
 * of it is stored; whoever uses it first ends it for good. Null once that has happened.
 */
export async function ownerLink(app: Pick<App, 'database' | 'linkSecret' | 'shop'>): Promise<string | null> {
  return (await isTaken(app)) ? null : joinLink(app, ownerToken(app));
}

/** Under this setting stands who the first owner was. */
export const firstOwner = 'first_owner';

/** Whether somebody has become the first owner. */
export async function isTaken(app: Pick<App, 'database'>): Promise<boolean> {
  return (await readSetting(app.database.read, firstOwner)) !== undefined;
}

/** Whether this is the first owner's token; whether it was used already has to be asked besides. */
export function isOwnerToken(app: Pick<App, 'linkSecret'>, token: string): boolean {
  const [given, right] = [Buffer.from(token), Buffer.from(ownerToken(app))];
  return given.length === right.length && timingSafeEqual(given, right);
}

/** The token stands behind the #, which a browser sends to nobody. */
export function joinLink(app: Pick<App, 'shop'>, token: string): string {
  return `${app.shop.frontendUrl}/join#${token}`;
}

function ownerToken({ linkSecret }: Pick<App, 'linkSecret'>): string {
  return createHmac('sha256', linkSecret).update('the first owner').digest('base64url');
}
