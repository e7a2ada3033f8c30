import type { Figures } from '@paydesk/contract/admin/figures';
import type { Today } from '@paydesk/contract/admin/today';
import { isRouteErrorResponse, Link, type RouterContextProvider, useSearchParams } from 'react-router';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Empty } from '../../admin/parts/empty.tsx';
import {
  FailuresCard,
  FunnelCard,
  LagCard,
  OrdersCard,
  OutcomesCard,
  ProductsCard,
  RevenueCard,
} from '../../admin/today/figure-cards.tsx';
import { LiveStatus } from '../../admin/today/live-status.tsx';
import { NeedsCard } from '../../admin/today/needs-card.tsx';
import { PartMissing } from '../../admin/today/part-missing.tsx';
import { queryOf, type Range, rangeOf, ranges } from '../../admin/today/ranges.ts';
import { SalesCard } from '../../admin/today/sales-card.tsx';
import { StockCard } from '../../admin/today/stock-card.tsx';
import { Tiles } from '../../admin/today/tiles.tsx';
import { type TodayData, useLiveFigures } from '../../admin/today/use-live-figures.ts';
import { dateWords } from '../../admin/today/words.ts';
import { load } from '../../api/load.ts';
import { Notice } from '../../parts/notice.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/today.ts';

export async function loader({ context, request }: Route.LoaderArgs): Promise<TodayData> {
  const range = rangeOf(new URL(request.url).searchParams.get('range'));
  const [today, figures] = await Promise.all([
    loadHalf<Today>(context, '/api/admin/today'),
    loadHalf<Figures>(context, `/api/admin/figures?${queryOf(range)}`),
  ]);
  return { today, figures };
}

/** Null where the server failed, so that the other half is shown; whoever may not see it is told so. */
async function loadHalf<Answer>(
  context: Readonly<RouterContextProvider>,
  path: string,
): Promise<Answer | null> {
  return await load<Answer>(context, path).catch((thrown: unknown) => {
    const status = (thrown as { init?: { status?: number } | null }).init?.status ?? 500;
    if (isRouteErrorResponse(thrown) || status < 500) throw thrown;
    return null;
  });
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Today') }];
}

export default function TodayPage({ loaderData }: Route.ComponentProps) {
  const [params] = useSearchParams();
  const range = rangeOf(params.get('range'));
  const live = useLiveFigures(loaderData, queryOf(range));
  const { today, figures } = live;
  return (
    <AdminPage
      title="Today"
      lead={today && `${dateWords(today.date)}, by the clocks of ${today.timezone.replaceAll('_', ' ')}.`}
      actions={<LiveStatus live={live} />}
    >
      {today ? <Now today={today} /> : <PartMissing title="Today" />}
      {today?.hasOrders !== false && (
        <>
          <Ranges shown={range} />
          {figures ? (
            <OverTime figures={figures} range={range} stock={today?.stock ?? null} />
          ) : (
            <PartMissing title="Over time" />
          )}
        </>
      )}
    </AdminPage>
  );
}

function Now({ today }: { today: Today }) {
  if (!today.hasOrders)
    return (
      <div className="grid gap-4 lg:grid-cols-3">
        <div className="lg:col-span-2">
          <Empty title="Nothing was ordered yet">
            Sales, orders and payments appear here as they happen.{' '}
            <Link to="/" className="text-accent underline underline-offset-4">
              Look at the shop
            </Link>
          </Empty>
        </div>
        <NeedsCard today={today} />
      </div>
    );
  return (
    <div className="grid gap-4">
      {today.isSumming && (
        <Notice tone="info">
          The figures of older days are being summed. Until that is done they are too small here.
        </Notice>
      )}
      <Tiles today={today} />
      <div className="grid gap-4 lg:grid-cols-3">
        <SalesCard today={today} className="lg:col-span-2" />
        <NeedsCard today={today} />
      </div>
    </div>
  );
}

function Ranges({ shown }: { shown: Range }) {
  return (
    <div className="mt-8 mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      <h2 className="mr-auto font-semibold text-lg">Over time</h2>
      <nav aria-label="Over which time" className="flex flex-wrap gap-1">
        {ranges.map(({ id, label }) => (
          <Link
            key={id}
            to={`?range=${id}`}
            preventScrollReset
            aria-current={id === shown.id ? 'true' : undefined}
            className="inline-flex min-h-11 items-center rounded-control px-3 text-muted hover:bg-hover aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent lg:min-h-8"
          >
            {label}
          </Link>
        ))}
      </nav>
    </div>
  );
}

type OverTimeProps = { figures: Figures; range: Range; stock: Today['stock'] };

function OverTime({ figures, range, stock }: OverTimeProps) {
  const shared = { figures, range };
  return (
    <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
      <RevenueCard {...shared} className="xl:col-span-2" />
      <FunnelCard {...shared} />
      <OrdersCard {...shared} />
      <OutcomesCard {...shared} />
      <FailuresCard {...shared} />
      <ProductsCard {...shared} />
      <StockCard stock={stock} />
      <LagCard {...shared} />
    </div>
  );
}
