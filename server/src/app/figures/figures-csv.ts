import type { CsvQuery, Figures } from '@paydesk/contract/admin/figures';
import { csvRow, csvStart, decimalAmount } from '../../csv/csv-row.ts';

type Cells = (string | number | null)[];

/** The numbers behind one chart, as a file that spreadsheets read. */
export function figuresCsv(chart: CsvQuery['chart'], figures: Figures): string {
  return csvStart + tableOf(chart, figures).map(csvRow).join('');
}

function tableOf(chart: CsvQuery['chart'], figures: Figures): Cells[] {
  const { points, currency, period } = figures;
  const money = (amount: number) => decimalAmount(amount, currency);
  switch (chart) {
    case 'sales':
      return [
        [period, 'orders placed', 'orders paid', 'received', 'refunded', 'net', 'currency'],
        ...points.map((point) => [
          point.label,
          point.placed,
          point.paid,
          money(point.received),
          money(point.refunded),
          money(point.net),
          currency,
        ]),
      ];
    case 'outcomes':
      return [
        [period, 'paid', 'failed', 'refunds', 'disputed', 'orders canceled', 'orders expired'],
        ...points.map((point) => [
          point.label,
          point.paid,
          point.failed,
          point.refunds,
          point.disputed,
          point.canceled,
          point.expired,
        ]),
      ];
    case 'failures':
      return [['code', 'attempts'], ...figures.failures.map(({ code, count }) => [code, count])];
    case 'products':
      return [
        ['product', 'id', 'units', 'amount', 'currency'],
        ...figures.products.map((product) => [
          product.name,
          product.productId,
          product.units,
          money(product.amount),
          currency,
        ]),
      ];
    case 'lag':
      return [
        [period, 'half within seconds', '95 % within seconds', 'events'],
        ...points.map(({ label, lag }) => [label, seconds(lag.half), seconds(lag.most), lag.events]),
      ];
  }
}

function seconds(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1_000;
}
