import { describe, expect, it } from 'vitest';
import { isGuessable } from '../../src/accounts/guessable.ts';

const known = ['Larkhouse', 'Ada Lovelace', 'ada.lovelace@example.com'];

describe('a password that is easy to guess', () => {
  it.each([
    'password123',
    'P4ssw0rd123',
    '1234567890',
    'qwertyuiop',
    'iloveyou1234',
    'aaaaaaaaaaaa',
    'december2026',
  ])('is a common one, or one that grew out of it: %s', async (password) => {
    expect(await isGuessable(password, [])).toBe(true);
  });

  it.each(['larkhouse2026', 'adalovelace', 'ada.lovelace@example.com', 'Lovelace123'])(
    'is made of what everybody knows of its owner and of the shop: %s',
    async (password) => {
      expect(await isGuessable(password, known)).toBe(true);
    },
  );

  it.each(['correct horse battery', 'summer sunshine tea', 'aB3$kk29Lm', 'Кошка спит днём'])(
    'is no phrase of a few words, and none that nobody thought of: %s',
    async (password) => {
      expect(await isGuessable(password, known)).toBe(false);
    },
  );
});
