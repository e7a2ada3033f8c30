import { describe, expect, it } from 'vitest';
import { suggestEmail } from '../src/checkout/suggest-email.ts';

describe('suggestEmail', () => {
  it.each([
    ['ada@gmial.com', 'ada@gmail.com'],
    ['ada@gmail.co', 'ada@gmail.com'],
    ['ada@hotmial.com', 'ada@hotmail.com'],
    ['ada@outlok.com', 'ada@outlook.com'],
  ])('guesses what %s was meant to be', (typed, meant) => expect(suggestEmail(typed)).toBe(meant));

  it.each(['ada@gmail.com', 'ada@example.com', 'ada@larkhouse.shop', 'ada@mail.com'])(
    'leaves %s alone',
    (typed) => expect(suggestEmail(typed)).toBeNull(),
  );
});
