import { describe, expect, it } from 'vitest';
import { readableLogLine } from '../start/log-lines.ts';

const time = new Date(2026, 10, 20, 9, 5, 7).getTime();

describe('log lines in the terminal', () => {
  it('shows the time, the level, the message and the ids', () => {
    const line = JSON.stringify({
      level: 40,
      time,
      pid: 7,
      hostname: 'h',
      msg: 'webhook is late',
      order: 'ord_1',
      event: 'evt_2',
    });
    expect(readableLogLine(line)).toBe('09:05:07 warn  webhook is late order=ord_1 event=evt_2');
  });

  it('adds what went wrong to the message, once', () => {
    const told = {
      level: 50,
      time,
      msg: 'cannot reach Stripe',
      err: { type: 'Error', message: 'ECONNREFUSED' },
    };
    expect(readableLogLine(JSON.stringify(told))).toBe('09:05:07 error cannot reach Stripe: ECONNREFUSED');
    const same = { level: 50, time, msg: 'ECONNREFUSED', err: { message: 'ECONNREFUSED' } };
    expect(readableLogLine(JSON.stringify(same))).toBe('09:05:07 error ECONNREFUSED');
  });

  it.each(['plain words', '{"not":"a log line"}', '{broken', ''])('leaves %j as it is', (line) => {
    expect(readableLogLine(line)).toBe(line);
  });
});
