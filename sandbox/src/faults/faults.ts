/** Faults by rule: which call or delivery goes wrong, and how. Without rules nothing is counted and nothing costs. */
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Journal } from '../journal.ts';

export const CALL_FAULTS = [
  'refuse',
  'timeout_before',
  'timeout_after',
  'reset_after',
  'error_500',
  'error_500_after',
  'rate_limit',
  'conflict',
  'slow',
  'truncate',
] as const;
export const WEBHOOK_FAULTS = [
  'drop',
  'duplicate',
  'twin',
  'delay',
  'reorder',
  'corrupt',
  'bad_signature',
  'old_timestamp',
] as const;
export type CallFault = (typeof CALL_FAULTS)[number];
export type WebhookFault = (typeof WEBHOOK_FAULTS)[number];

/** When a rule acts, among the calls or deliveries that match it. All that is given must hold. */
interface Schedule {
  /** Only on this one, counted from 1. */
  nth?: number;
  /** On each that is a multiple. */
  every?: number;
  /** From 0 to 1. */
  probability?: number;
  /** Of the chance; the rule's own id when none is given. */
  seed?: string;
  /** No more often than this. */
  times?: number;
}
export interface CallMatch extends Schedule {
  method?: string;
  /** `*` stands for anything; without one the whole path must be the same. */
  path?: string;
}
export interface WebhookMatch extends Schedule {
  /** Event type; `*` stands for anything. */
  type?: string;
  /** Id of a webhook endpoint. */
  endpoint?: string;
}

interface RuleOf<M, F> {
  id: string;
  match: M;
  fault: F;
  /** For `slow` and `delay`. */
  ms: number;
  /** How many calls or deliveries matched, and on how many of them the rule acted. */
  seen: number;
  hits: number;
}
export type CallRule = RuleOf<CallMatch, CallFault>;
export type WebhookRule = RuleOf<WebhookMatch, WebhookFault>;

export class Faults {
  private readonly journal: Journal;
  private readonly clock: Clock;
  private callRules: CallRule[] = [];
  private webhookRules: WebhookRule[] = [];
  private made = 0;

  constructor(parts: { journal: Journal; clock: Clock }) {
    this.journal = parts.journal;
    this.clock = parts.clock;
  }

  addCallRule(match: CallMatch, fault: CallFault, ms: number): CallRule {
    const rule = { id: this.nextId(), match, fault, ms, seen: 0, hits: 0 };
    this.callRules = [...this.callRules, rule];
    return rule;
  }

  addWebhookRule(match: WebhookMatch, fault: WebhookFault, ms: number): WebhookRule {
    const rule = { id: this.nextId(), match, fault, ms, seen: 0, hits: 0 };
    this.webhookRules = [...this.webhookRules, rule];
    return rule;
  }

  list(): { calls: readonly CallRule[]; webhooks: readonly WebhookRule[] } {
    return { calls: this.callRules, webhooks: this.webhookRules };
  }

  /** Removes one rule, or all without an id. Returns how many there were. */
  remove(id?: string): number {
    const before = this.callRules.length + this.webhookRules.length;
    const stays = (rule: { id: string }): boolean => id !== undefined && rule.id !== id;
    this.callRules = this.callRules.filter(stays);
    this.webhookRules = this.webhookRules.filter(stays);
    return before - this.callRules.length - this.webhookRules.length;
  }

  /** The rule that acts on this call. Every rule that matches counts it. */
  ofCall(method: string, path: string): CallRule | null {
    if (this.callRules.length === 0) return null;
    const rule = firstToAct(
      this.callRules,
      ({ match }) =>
        (match.method === undefined || match.method === method) &&
        (match.path === undefined || isLike(match.path, path)),
    );
    if (rule !== null) this.note({ method, path, fault: rule.fault, rule: rule.id });
    return rule;
  }

  /** The rule that acts on this attempt to deliver an event. */
  ofDelivery(type: string, endpoint: string, event: string): WebhookRule | null {
    if (this.webhookRules.length === 0) return null;
    const rule = firstToAct(
      this.webhookRules,
      ({ match }) =>
        (match.type === undefined || isLike(match.type, type)) &&
        (match.endpoint === undefined || match.endpoint === endpoint),
    );
    if (rule !== null) this.note({ event, endpoint, fault: rule.fault, rule: rule.id });
    return rule;
  }

  private nextId(): string {
    return `fault_${++this.made}`;
  }

  private note(hit: Record<string, string>): void {
    this.journal.append({ at: this.clock.now(), source: 'fault', ...hit, effects: [], events: [] });
  }
}

function firstToAct<R extends RuleOf<Schedule, unknown>>(
  rules: readonly R[],
  matches: (rule: R) => boolean,
): R | null {
  let first: R | null = null;
  for (const rule of rules) {
    if (!matches(rule)) continue;
    rule.seen++;
    if (first === null && acts(rule)) first = rule;
  }
  if (first !== null) first.hits++;
  return first;
}

function acts({ id, match, seen, hits }: RuleOf<Schedule, unknown>): boolean {
  const { nth, every, probability, seed, times } = match;
  if (times !== undefined && hits >= times) return false;
  if (nth !== undefined && seen !== nth) return false;
  if (every !== undefined && seen % every !== 0) return false;
  return probability === undefined || chance(`${seed ?? id}/${seen}`) < probability;
}

/** From 0 to 1, the same for the same text. */
function chance(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}

function isLike(pattern: string, value: string): boolean {
  if (!pattern.includes('*')) return pattern === value;
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(value);
}
