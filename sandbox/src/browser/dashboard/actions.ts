/** What the buttons of the dashboard do: one call of the API or of `/_sandbox`, then back to the page. */
import { triggerableEvents } from '../../triggers/scenarios.ts';
import { trigger } from '../../triggers/trigger.ts';
import { pageSecretKey } from '../keys.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { controlsPage } from './controls.ts';
import { disputePage } from './dispute.ts';
import { eventPage } from './event.ts';
import { minorUnits } from './forms.ts';
import { paymentPage } from './payment.ts';
import { readObject } from './read.ts';
import { sessionPage } from './session.ts';

type Show = (request: BrowserRequest, id: string, problem: string) => Promise<BrowserReply>;
type Act = (request: BrowserRequest, id: string) => Promise<string | null>;

/** By the path of its form; `show` draws the page again with what went wrong. */
const actions: Record<string, { show: Show; act: Act }> = {
  'payments/refund': {
    show: paymentPage,
    act: withAmount((amount, id) => ['/v1/refunds', { payment_intent: id, amount }]),
  },
  'payments/capture': {
    show: paymentPage,
    act: withAmount((amount, id) => [`/v1/payment_intents/${id}/capture`, { amount_to_capture: amount }]),
  },
  'payments/dispute': {
    show: paymentPage,
    act: async ({ control }, id) =>
      problemOf(await control('POST', '/_sandbox/disputes', new URLSearchParams({ payment_intent: id }))),
  },
  'payments/cancel': { show: paymentPage, act: post((id) => `/v1/payment_intents/${id}/cancel`) },
  'sessions/expire': { show: sessionPage, act: post((id) => `/v1/checkout/sessions/${id}/expire`) },
  'disputes/close': { show: disputePage, act: post((id) => `/v1/disputes/${id}/close`) },
  'disputes/evidence': {
    show: disputePage,
    act: post(
      (id) => `/v1/disputes/${id}`,
      (form) => ({ 'evidence[uncategorized_text]': form.get('text') ?? '' }),
    ),
  },
  'events/retry': {
    show: eventPage,
    act: post(
      (id) => `/v1/events/${id}/retry`,
      (form) => ({ webhook_endpoint: form.get('webhook_endpoint') ?? '' }),
    ),
  },
};

/** Answers a form of the dashboard; null when it is none. */
export async function dashboardAction(request: BrowserRequest): Promise<BrowserReply | null> {
  const [, area = '', id = '', verb = ''] = /^\/(\w+)\/(\w+)\/(\w+)$/.exec(request.path) ?? [];
  const name = `${area}/${verb}`;
  if (name === 'controls/run' && id === 'trigger') return await triggerEvent(request);
  if (area === 'controls') return await changeControl(request, id, verb);
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action) return null;
  const problem = await action.act(request, id);
  return problem === null ? seeOther(`/${area}/${id}`) : await action.show(request, id, problem);
}

/** `/controls/:what/:verb` is the form of `/_sandbox/:what`. */
async function changeControl(request: BrowserRequest, what: string, verb: string): Promise<BrowserReply> {
  const filled = new URLSearchParams([...(request.body ?? [])].filter(([, value]) => value !== ''));
  const problem = problemOf(
    verb === 'remove'
      ? await request.control('DELETE', `/_sandbox/${what}/${filled.get('id') ?? ''}`, null)
      : await request.control('POST', `/_sandbox/${what}`, filled),
  );
  return problem === null ? seeOther('/controls') : await controlsPage(request, problem);
}

/** Lets an event happen as `paydesk-sandbox trigger` does, and leads to it. */
async function triggerEvent(request: BrowserRequest): Promise<BrowserReply> {
  const event = request.body?.get('event') ?? '';
  if (!triggerableEvents.includes(event)) return await controlsPage(request, 'Choose one of the events.');
  try {
    return seeOther(`/events/${(await trigger(request.baseUrl, event)).id}`);
  } catch (error) {
    return await controlsPage(request, (error as Error).message);
  }
}

function seeOther(location: string): BrowserReply {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

function post(
  path: (id: string) => string,
  fields: (form: URLSearchParams) => Record<string, string> = () => ({}),
): Act {
  return ({ api, body }, id) => call(api, path(id), fields(body ?? new URLSearchParams()));
}

/** People type 12.50 and the API takes 1250. */
function withAmount(
  build: (amount: string, id: string) => [path: string, fields: Record<string, string>],
): Act {
  return async ({ api, body }, id) => {
    const payment = await readObject(api, `/v1/payment_intents/${id}`);
    if (!payment) return `The sandbox does not know ${id}.`;
    const amount = minorUnits(body?.get('amount') ?? '', payment.currency);
    if (amount === null) return 'Enter an amount such as 12.50.';
    return await call(api, ...build(String(amount), id));
  };
}

async function call(
  api: BrowserRequest['api'],
  path: string,
  fields: Record<string, string>,
): Promise<string | null> {
  return problemOf(await api('POST', path, new URLSearchParams(fields), pageSecretKey));
}

/** What went wrong, in the words of the answer; null when nothing did. */
function problemOf({ status, body }: Awaited<ReturnType<BrowserRequest['control']>>): string | null {
  return status < 400 ? null : (body.error?.message ?? 'It failed.');
}
