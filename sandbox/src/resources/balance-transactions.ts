/** `/v1/balance_transactions` (docs.stripe.com/api/balance_transactions). */
import type { BalanceTransaction } from '../objects.ts';
import { type Route, route } from '../routing.ts';
import { expand, pagination, timeRange } from '../wire/common-parameters.ts';
import { missingResource } from '../wire/errors.ts';
import { isWithin, listOfOwner, listPage } from '../wire/list.ts';
import { text, unbuilt } from '../wire/schema.ts';

export const balanceTransactionRoutes: Route[] = [
  route('GET', '/v1/balance_transactions', {
    fields: {
      ...pagination,
      created: timeRange(),
      currency: text(3),
      payout: unbuilt(),
      source: text(),
      type: text(),
    },
    handle({ world, params }) {
      const { balance_transactions: all } = world.store;
      const isListed = (transaction: BalanceTransaction): boolean =>
        isWithin(params.created, transaction.created) &&
        (params.currency === undefined || transaction.currency === params.currency) &&
        (params.type === undefined || transaction.type === params.type);
      if (params.source === undefined) return listPage(all, '/v1/balance_transactions', params, isListed);
      return listOfOwner(all, params.source, '/v1/balance_transactions', params, isListed);
    },
  }),
  route('GET', '/v1/balance_transactions/:id', {
    fields: { expand },
    handle({ world, ids }) {
      const transaction = world.store.balance_transactions.get(ids[0]!);
      if (transaction === undefined) throw missingResource('balance transaction', ids[0]!);
      return transaction;
    },
  }),
];
