/** What the sandbox says, for tests to listen to. Costs nothing while nobody does. */
import { channel } from 'node:diagnostics_channel';
import type { ApiReply, ApiRequest } from './api.ts';
import type { Access } from './routing.ts';

/** Every reply of the API, whoever asked. */
export interface ObservedReply {
  request: ApiRequest;
  reply: ApiReply;
}

/** What every call is answered with, in the shapes of the newest API version, before it is rendered for the caller's. */
export interface ObservedAnswer {
  method: string;
  /** The route's. */
  path: string;
  access: Access;
  /** The caller's. */
  version: string;
  answer: object;
}

/** Every event, whoever is told of it, in the shapes of the newest API version. */
export interface ObservedEvent {
  type: string;
  object: object;
  previous: Record<string, unknown> | undefined;
}

const replies = channel('paydesk-sandbox.reply');
const answers = channel('paydesk-sandbox.answer');
const events = channel('paydesk-sandbox.event');

export function observeReply(observed: ObservedReply): void {
  if (replies.hasSubscribers) replies.publish(observed);
}

export function observeAnswer(observed: ObservedAnswer): void {
  if (answers.hasSubscribers) answers.publish(observed);
}

export function observeEvent(observed: ObservedEvent): void {
  if (events.hasSubscribers) events.publish(observed);
}
