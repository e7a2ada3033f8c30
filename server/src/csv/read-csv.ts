import { CsvError, parse } from 'csv-parse/sync';
import { formula } from './csv-row.ts';

/** One line of a file with what is in its cells, by column. `line` is where it begins, the first line being 1. */
export type CsvLine = { line: number; cells: string[] };

export type CsvFile = { header: CsvLine; lines: CsvLine[] };

/** The largest cell is a long description; a quote that is never closed makes everything one. */
const largestLine = 32_768;

const reasons: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'A quotation mark is opened and never closed.',
  CSV_INVALID_CLOSING_QUOTE: 'Something stands between a closing quotation mark and the next comma.',
  INVALID_OPENING_QUOTE: 'A quotation mark stands in the middle of a cell.',
  CSV_MAX_RECORD_SIZE: 'A line is too long. Perhaps a quotation mark is missing.',
};

/**
 * Reads a CSV file (RFC 4180) in UTF-8, with commas or, as spreadsheets write it in half of Europe, with semicolons. Empty
 * lines are left out. What is wrong with the whole of it is told in a sentence.
 */
export function readCsv(
  bytes: Uint8Array,
  { mostLines }: { mostLines: number },
): CsvFile | { problem: string } {
  const text = decode(bytes);
  if (text === null) return { problem: 'The file is not in UTF-8. Save it as “CSV UTF-8”.' };
  const [heading = ''] = text.split(/[\r\n]/, 1);
  const delimiter = heading.includes(';') && !heading.includes(',') ? ';' : ',';
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: largestLine,
      to: mostLines + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const [header, ...lines] = records.map(({ record, info }) => ({
      line: info.lines - breaksIn(record),
      cells: record.map(unmarked),
    }));
    if (!header) return { problem: 'The file is empty.' };
    if (lines.length > mostLines)
      return { problem: `The file has more than ${mostLines} lines with products.` };
    return { header, lines };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    const reason = reasons[error.code] ?? 'This is not a CSV file.';
    return { problem: lines === undefined ? reason : `Line ${lines}: ${reason}` };
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}

/** Without the apostrophe that kept a spreadsheet from running it. */
function unmarked(cell: string): string {
  return isMarked(cell) ? cell.slice(1) : cell;
}

/** Whether a reader would take an apostrophe away. Such a text of our own gets one more before it is written. */
export function isMarked(cell: string): boolean {
  return /^'+/.test(cell) && formula.test(cell.replace(/^'+/, ''));
}
