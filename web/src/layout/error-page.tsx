import type { ErrorBody } from '@paydesk/contract/errors';
import { isRouteErrorResponse } from 'react-router';
import { SearchField } from '../catalogue/search-field.tsx';
import { ButtonLink } from '../parts/button.tsx';
import { useOptionalShopConfig } from '../shop-config.ts';

/** What stands in the place of a page that is missing or could not be made. */
export function ErrorPage({ error }: { error: unknown }) {
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const body = isRouteErrorResponse(error) ? (error.data as Partial<ErrorBody> | null)?.error : undefined;
  if (status === 404) return <NotFound {...(notFoundTexts[body?.code ?? ''] ?? pageNotFound)} />;
  return (
    <div className="mx-auto max-w-xl py-16">
      <ErrorTitle text="Something went wrong" />
      <h1 className="font-semibold text-3xl">This page could not be loaded</h1>
      <p className="mt-4 text-muted">
        {body?.message ?? 'Something went wrong on our side. Nothing was charged.'}
      </p>
      {body?.requestId && <p className="mt-2 text-muted text-sm">Request {body.requestId}</p>}
      <div className="mt-8 flex flex-wrap gap-3">
        <ButtonLink to="" reloadDocument>
          Try again
        </ButtonLink>
        <ButtonLink to="/" variant="secondary">
          Browse products
        </ButtonLink>
      </div>
    </div>
  );
}

const notFoundTexts: Record<string, { title: string; detail: string }> = {
  order_not_found: {
    title: 'We cannot find this order',
    detail:
      'Check the address, open it in the browser you ordered with, or use the link in our last e-mail. Links work for 30 days.',
  },
  product_not_found: {
    title: 'We cannot find this product',
    detail: 'It may no longer be sold. Perhaps something else suits you.',
  },
};

const pageNotFound = {
  title: 'Page not found',
  detail: 'The address may be mistyped, or the page may have moved.',
};

function NotFound({ title, detail }: { title: string; detail: string }) {
  return (
    <div className="mx-auto max-w-xl py-16">
      <ErrorTitle text={title} />
      <h1 className="font-semibold text-3xl">{title}</h1>
      <p className="mt-4 text-muted">{detail}</p>
      <SearchField id="not-found-search" landmark="Search products" className="mt-8" />
      <ButtonLink to="/" variant="secondary" className="mt-4">
        Browse products
      </ButtonLink>
    </div>
  );
}

/** The pages' own titles are gone together with the pages. */
function ErrorTitle({ text }: { text: string }) {
  const config = useOptionalShopConfig();
  return <title>{`${config?.sandbox ? '[Sandbox] ' : ''}${text} · ${config?.shopName ?? 'Shop'}`}</title>;
}
