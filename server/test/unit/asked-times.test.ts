import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app/ports.ts';
import { askedTimes } from '../../src/http/routes/admin/filters.ts';

const at = (text: string) => Date.parse(text);
const inZone = (timezone: string) => ({ shop: { timezone } }) as App;
const kolkata = inZone('Asia/Kolkata');

describe('the time that a filter names', () => {
  it('is all of a day by the clock of the shop', () => {
    expect(askedTimes(kolkata, { from: '2026-11-26', to: '2026-11-26' })).toEqual({
      from: at('2026-11-25T18:30:00.000Z'),
      to: at('2026-11-26T18:29:59.999Z'),
    });
  });

  it('is as long as the day is when the clocks change', () => {
    const berlin = inZone('Europe/Berlin');
    const { from, to } = askedTimes(berlin, { from: '2026-03-29', to: '2026-03-29' });
    expect(to! - from! + 1).toBe(23 * 3_600_000);
  });

  it('is a moment where one is named', () => {
    expect(askedTimes(kolkata, { from: '2026-11-26T10:00:00Z' })).toEqual({
      from: at('2026-11-26T10:00:00Z'),
      to: undefined,
    });
  });

  it('is none where a form’s field was left empty', () => {
    expect(askedTimes(kolkata, { from: '', to: ' ' })).toEqual({ from: undefined, to: undefined });
  });

  it.each(['2026-02-30', 'never', '2026', '20261126', '2026-11-26T99:00'])('is refused as %s', (to) => {
    expect(() => askedTimes(kolkata, { to })).toThrow('to must be a day such as');
  });
});
