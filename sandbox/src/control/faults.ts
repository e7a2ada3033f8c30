/** `/_sandbox/faults`: rules that let calls and deliveries go wrong. */
import { CALL_FAULTS, type CallRule, WEBHOOK_FAULTS, type WebhookRule } from '../faults/faults.ts';
import { invalidRequest, missingParameter, missingResource } from '../wire/errors.ts';
import type { FormHash } from '../wire/form.ts';
import { hash, integer, oneOf, readFields, required, type Type, text } from '../wire/schema.ts';
import type { World } from '../world.ts';

const schedule = {
  nth: integer(1),
  every: integer(1),
  probability: fraction(),
  seed: text(200),
  times: integer(1),
};
/** Waiting longer is `timeout_after`. */
const LONGEST_MS = 3_600_000;
const callFields = {
  match: hash({ ...schedule, method: oneOf('GET', 'POST', 'DELETE'), path: text(500) }),
  fault: required(oneOf(...CALL_FAULTS)),
  ms: integer(0, LONGEST_MS),
};
const webhookFields = {
  webhook: hash({ ...schedule, type: text(200), endpoint: text(255) }),
  fault: required(oneOf(...WEBHOOK_FAULTS)),
  ms: integer(0, Number.MAX_SAFE_INTEGER),
};

/** The rule that was added. @throws ApiError 400 */
export function addFault(world: World, form: FormHash): object {
  if (form.webhook === undefined) {
    const { match = {}, fault, ms } = readFields(callFields, form);
    checkMs(fault === 'slow', ms);
    return shownCall(world.faults.addCallRule(match, fault, ms ?? 0));
  }
  // A rule for all deliveries has an empty hash, which a form can only write as an empty value.
  const given = form.webhook === '' ? { ...form, webhook: {} } : form;
  const { webhook = {}, fault, ms } = readFields(webhookFields, given);
  checkMs(fault === 'delay', ms);
  return shownWebhook(world.faults.addWebhookRule(webhook, fault, ms ?? 0));
}

export function listFaults(world: World): object {
  const { calls, webhooks } = world.faults.list();
  return { object: 'list', data: [...calls.map(shownCall), ...webhooks.map(shownWebhook)] };
}

/** Removes one rule or all, and sends what a rule had held back. @throws ApiError 404 */
export function removeFaults(world: World, id?: string): object {
  const removed = world.faults.remove(id);
  if (id !== undefined && removed === 0) throw missingResource('fault', id);
  world.dispatcher.release();
  return { object: 'fault', deleted: removed };
}

function shownCall({ match, ...rule }: CallRule): object {
  return { object: 'fault', ...rule, match };
}

function shownWebhook({ match, ...rule }: WebhookRule): object {
  return { object: 'fault', ...rule, webhook: match };
}

function checkMs(isNeeded: boolean, ms: number | undefined): void {
  if (isNeeded && ms === undefined) throw missingParameter('ms');
  if (!isNeeded && ms !== undefined) {
    throw invalidRequest('ms goes with the faults slow and delay only.', undefined, 'ms');
  }
}

function fraction(): Type<number> {
  return {
    read(value, name) {
      const number = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
      if (number >= 0 && number <= 1) return number;
      throw invalidRequest(`${name} must be a number from 0 to 1.`, undefined, name);
    },
  };
}
