import type { Corruption } from './corruptions.ts';

const planted = (table: string, when: string) =>
  `INSERT INTO ${table} (name, ${when}, key, currency, count, amount) VALUES ('received', 1, '', 'usd', 1, 500)`;

/** Money in the figures that is in no book. */
export const figureCorruption: Corruption = {
  breaks: 'figures agree with the books',
  by: [planted('figures', 'hour'), planted('figure_days', 'day')],
};
