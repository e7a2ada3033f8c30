import type { Period } from '@paydesk/contract/admin/figures';

export type Range = {
  id: string;
  label: string;
  period: Period;
  days: number;
  /** As a part of a sentence. */
  during: string;
};

/** What the charts can be looked at over. */
export const ranges: readonly Range[] = [
  { id: 'today', label: 'Today', period: 'hour', days: 1, during: 'today' },
  { id: '7d', label: '7 days', period: 'day', days: 7, during: 'in the last 7 days' },
  { id: '30d', label: '30 days', period: 'day', days: 30, during: 'in the last 30 days' },
  { id: '90d', label: '90 days', period: 'day', days: 90, during: 'in the last 90 days' },
  { id: '12m', label: '12 months', period: 'week', days: 364, during: 'in the last 12 months' },
];

const usual = '30d';

export function rangeOf(id: string | null): Range {
  return ranges.find((range) => range.id === id) ?? ranges.find((range) => range.id === usual)!;
}

/** The part of an address that asks for the figures of a range. */
export function queryOf({ period, days }: Range): string {
  return `period=${period}&days=${days}`;
}
