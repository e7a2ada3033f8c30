import { describe, expect, it } from 'vitest';
import type { PaymentIntentStatus } from '../src/objects.ts';
import { nextStatus, type Step, transitions } from '../src/payments/machine.ts';

const steps: Step[] = [
  'method_given',
  'authentication_asked',
  'authentication_failed',
  'authentication_passed_for_server',
  'charge_succeeded',
  'charge_authorized',
  'charge_pending',
  'charge_failed',
  'captured',
  'canceled',
];
const statuses = Object.keys(transitions) as PaymentIntentStatus[];

describe('the payment intent machine', () => {
  it.each(['succeeded', 'canceled'] as const)('leaves %s by no step', (status) => {
    expect(steps.filter((step) => nextStatus(status, step) !== null)).toEqual([]);
  });

  it('reaches every status and knows every step', () => {
    const reached = new Set(statuses.flatMap((status) => steps.map((step) => nextStatus(status, step))));
    expect([...reached].filter((status) => status !== null).sort()).toEqual([...statuses].sort());
    const used = steps.filter((step) => statuses.some((status) => nextStatus(status, step) !== null));
    expect(used).toEqual(steps);
  });

  it('captures only what was authorized', () => {
    expect(statuses.filter((status) => nextStatus(status, 'captured') !== null)).toEqual([
      'requires_capture',
    ]);
  });
});
