import { cpus, totalmem } from 'node:os';
import type { Result } from './measure.ts';

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function machine(): string {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${first?.model ?? 'unknown'}), ${gigabytes} GB, Node ${process.versions.node}`;
}

export function table(rows: Result[]): string {
  const head = ['buyers', 'purchases/s', 'p50 ms', 'p99 ms', 'shop CPU ms each'];
  const body = rows.map((row) => [
    String(row.buyers),
    row.perSecond.toFixed(1),
    row.p50.toFixed(1),
    row.p99.toFixed(1),
    row.cpu.toFixed(2),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]!.length)),
  );
  const line = (cells: string[]) => cells.map((cell, column) => cell.padStart(widths[column]!)).join('  ');
  return [line(head), ...body.map(line)].join('\n');
}
