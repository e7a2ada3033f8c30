import { describe, expect, it } from 'vitest';
import {
  dateOf,
  day,
  dayOf,
  dayOfDate,
  hour,
  phaseOf,
  startOfDay,
  startOfHour,
} from '../../src/domain/zone.ts';
import { EnvError, readEnv } from '../../src/env.ts';

const at = (text: string) => Date.parse(text);
const startOf = (zone: string, date: string) => new Date(startOfDay(zone, dayOfDate(date)!)).toISOString();

describe('a day of the shop', () => {
  it.each([
    ['UTC', '2026-11-26', '2026-11-26T00:00:00.000Z'],
    ['Europe/Berlin', '2026-11-26', '2026-11-25T23:00:00.000Z'],
    ['Europe/Berlin', '2026-07-01', '2026-06-30T22:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-26', '2026-11-26T08:00:00.000Z'],
    ['Asia/Kolkata', '2026-11-26', '2026-11-25T18:30:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-26', '2026-11-25T10:00:00.000Z'],
    // The clocks were set forward at midnight: this day has no 00:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    // And back at midnight: the hour before it came twice.
    ['America/Sao_Paulo', '2018-02-18', '2018-02-18T03:00:00.000Z'],
  ])('begins in %s on %s at %s', (zone, date, begins) => {
    expect(startOf(zone, date)).toBe(begins);
    expect(dateOf(dayOf(zone, at(begins)))).toBe(date);
    expect(dateOf(dayOf(zone, at(begins) - 1))).toBe(dateOf(dayOfDate(date)! - 1));
  });

  it('has 23 hours when the clocks go forward and 25 when they go back', () => {
    const length = (date: string) => {
      const number = dayOfDate(date)!;
      return (startOfDay('Europe/Berlin', number + 1) - startOfDay('Europe/Berlin', number)) / hour;
    };
    expect(['2026-03-29', '2026-10-25', '2026-10-26'].map(length)).toEqual([23, 25, 24]);
  });

  it.each(['2026-02-30', '2026-13-01', '2025-02-29', 'yesterday'])(
    'is none where it is called %s',
    (date) => {
      expect(dayOfDate(date)).toBeNull();
    },
  );
});

describe('an hour of the shop', () => {
  it.each([
    ['Europe/Berlin', 0],
    ['Asia/Kolkata', 30],
    ['Asia/Kathmandu', 15],
    ['America/St_Johns', 30],
  ])('begins in %s %i minutes after one of UTC', (zone, minutes) => {
    const phase = phaseOf(zone, at('2026-11-26T12:00:00Z'));
    expect(phase).toBe(minutes * 60_000);
    const begun = startOfHour(at('2026-11-26T12:07:00Z'), phase);
    expect(at('2026-11-26T12:07:00Z') - begun).toBeLessThan(hour);
    expect((begun - startOfDay(zone, dayOf(zone, begun))) % hour).toBe(0);
  });

  it('before 1970 as well', () => {
    expect(startOfHour(-1, 0)).toBe(-hour);
    expect(dateOf(-1)).toBe(new Date(-day).toISOString().slice(0, 10));
  });
});

describe('the zone of the shop', () => {
  it('is the one that is set, by its name', () => {
    expect(readEnv({ SHOP_TIMEZONE: 'Asia/Kolkata' }).timezone).toBe('Asia/Kolkata');
    expect(readEnv({}).timezone).toBeNull();
  });

  it.each(['+02:00', 'Europe/Atlantis', ' ', 'Berlin time'])('is never %j', (name) => {
    const sentence = 'SHOP_TIMEZONE must be the name of a time zone such as Europe/Berlin.';
    expect(() => readEnv({ SHOP_TIMEZONE: name })).toThrow(new EnvError(sentence));
  });
});
