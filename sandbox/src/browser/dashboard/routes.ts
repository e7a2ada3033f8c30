import type { BrowserReply, BrowserRequest } from '../types.ts';
import { controlsPage } from './controls.ts';
import { disputePage } from './dispute.ts';
import { eventPage } from './event.ts';
import { homePage } from './home.ts';
import { listPage, lists } from './lists.ts';
import { paymentPage } from './payment.ts';
import { requestsPage } from './requests.ts';
import { sessionPage } from './session.ts';

type ObjectPage = (request: BrowserRequest, id: string) => Promise<BrowserReply>;

const objectPages: Record<string, ObjectPage> = {
  payments: paymentPage,
  sessions: sessionPage,
  disputes: disputePage,
  events: eventPage,
};

/** The page of the dashboard at this path; null when there is none. */
export async function dashboardRoute(request: BrowserRequest): Promise<BrowserReply | null> {
  const { path } = request;
  if (path === '/') return await homePage(request);
  if (path === '/requests') return await requestsPage(request);
  if (path === '/controls') return await controlsPage(request);
  const list = Object.entries(lists).find(([at]) => at === path);
  if (list) return await listPage(request, path as keyof typeof lists, list[1]!);
  const [, area = '', id = ''] = /^\/(\w+)\/(\w+)$/.exec(path) ?? [];
  return Object.hasOwn(objectPages, area) ? await objectPages[area]!(request, id) : null;
}
