import { Readable } from 'node:stream';
import { Comparison, type Journal, Ledger, LedgerExport, LedgerQuery } from '@paydesk/contract/admin/ledger';
import Type from 'typebox';
import { compareBooks } from '../../../app/compare-books.ts';
import { AppError } from '../../../app/errors.ts';
import type { App } from '../../../app/ports.ts';
import { exportJournals, showLedger, type WantedJournals } from '../../../app/show-ledger.ts';
import { csvRow, csvStart, decimalAmount } from '../../../csv/csv-row.ts';
import { type JournalKind, journalKinds } from '../../../db/books.ts';
import { type Account, accounts } from '../../../domain/ledger.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';
import { asked, askedOrder, askedTimes, wordless } from './filters.ts';

const common = { tags: ['operators'], security: [{ operator: [] }] };

/** The books: what lies on each account, how it came there, and whether the provider says the same. */
export function adminLedgerRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/ledger',
    { schema: { ...common, querystring: LedgerQuery, response: { 200: Ledger } }, ...needs('view') },
    async ({ query }) => await showLedger(app, await wanted(app, query), query),
  );

  server.get(
    '/api/admin/ledger.csv',
    { schema: { ...common, querystring: LedgerExport }, ...needs('view') },
    async ({ query }, reply) => {
      const filter = await wanted(app, query);
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="ledger.csv"');
      return reply.send(Readable.from(linesOf(exportJournals(app, filter))));
    },
  );

  server.post(
    '/api/admin/ledger/compare',
    {
      schema: {
        ...common,
        body: wordless.body,
        response: { 200: Type.Object({ comparison: Comparison }) },
      },
      preValidation: wordless.preValidation,
      ...needs('manage'),
    },
    async (request) => ({ comparison: await compareBooks(app, operatorOf(request).name) }),
  );
}

async function wanted(app: App, query: LedgerExport): Promise<WantedJournals> {
  return {
    account: oneOf<Account>(accounts, 'account', asked(query.account)),
    kind: oneOf<JournalKind>(journalKinds, 'kind', asked(query.kind)),
    orderId: await askedOrder(app, query.order),
    ...askedTimes(app, query),
  };
}

function oneOf<T extends string>(all: readonly T[], name: string, value: string | undefined): T | undefined {
  if (value === undefined || (all as readonly string[]).includes(value)) return value as T | undefined;
  throw new AppError('invalid_request', { message: `${name} must be one of ${all.join(', ')}.` });
}

/** One line for each entry; what belongs to one journal stands together. */
async function* linesOf(parts: AsyncIterable<Journal[]>): AsyncGenerator<string> {
  const names = ['time', 'journal', 'about', 'order', 'account', 'debit', 'credit', 'currency'];
  yield csvStart + csvRow(names);
  for await (const journals of parts) yield journals.flatMap(linesOfJournal).join('');
}

function linesOfJournal({ at, kind, ref, orderNumber, entries }: Journal): string[] {
  return entries.map(({ account, amount: { amount, currency } }) => {
    const text = decimalAmount(Math.abs(amount), currency);
    const [debit, credit] = amount < 0 ? [null, text] : [text, null];
    return csvRow([at, kind, ref, orderNumber, account, debit, credit, currency.toUpperCase()]);
  });
}
