import type { MailKind, MailPreview } from '@paydesk/contract/admin/mails';
import type { ErrorBody } from '@paydesk/contract/errors';
import { useState } from 'react';
import { Form, Link } from 'react-router';
import { Card, Facts } from '../../admin/parts/card.tsx';
import { mailTexts } from '../../admin/settings/mail-kinds.ts';
import { SettingsPage } from '../../admin/settings/settings-page.tsx';
import { load } from '../../api/load.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { pageTitle } from '../../shop-config.ts';
import type { Route } from './+types/settings-mails.ts';

type MailsData = { kind: MailKind; order: string; preview: MailPreview | null; problem: string | null };

export async function loader({ context, request }: Route.LoaderArgs): Promise<MailsData> {
  const { searchParams } = new URL(request.url);
  const asked = searchParams.get('kind');
  const text = mailTexts.find(({ kind }) => kind === asked) ?? mailTexts[0]!;
  const order = text.isOfOrder ? (searchParams.get('order')?.trim() ?? '') : '';
  const path = `/api/admin/mails/${text.kind}/preview${order ? `?order=${encodeURIComponent(order)}` : ''}`;
  const common = { kind: text.kind, order };
  try {
    return { ...common, preview: await load<MailPreview>(context, path), problem: null };
  } catch (thrown) {
    const problem = refusalIn(thrown);
    if (problem === null) throw thrown;
    return { ...common, preview: null, problem };
  }
}

/** An order that does not exist, or that this mail cannot be about, is said on the page. */
function refusalIn(thrown: unknown): string | null {
  const { data, init } = thrown as { data?: ErrorBody; init?: { status?: number } };
  return init?.status !== undefined && [400, 404, 409].includes(init.status)
    ? (data?.error.message ?? null)
    : null;
}

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'E-mails') }];
}

export default function MailsPage({ loaderData: { kind, order, preview, problem } }: Route.ComponentProps) {
  const text = mailTexts.find((known) => known.kind === kind)!;
  return (
    <SettingsPage lead="What the shop writes, and when. Nothing is sent from here, and the buttons in a preview let nobody in.">
      <div className="grid gap-4 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <KindList kind={kind} order={order} />
        <Card title={text.name}>
          <p className="mb-4 text-muted">{text.when}</p>
          {text.isOfOrder && (
            <OrderForm key={`${kind} ${order}`} kind={kind} order={order} problem={problem} />
          )}
          {problem && !text.isOfOrder && (
            <Notice tone="danger" role="alert">
              {problem}
            </Notice>
          )}
          {preview && <Preview key={preview.contentUrl} preview={preview} />}
        </Card>
      </div>
    </SettingsPage>
  );
}

function KindList({ kind, order }: { kind: MailKind; order: string }) {
  const of = order ? `&order=${encodeURIComponent(order)}` : '';
  return (
    <nav aria-label="E-mails" className="max-lg:overflow-x-auto">
      <ul className="flex gap-1 lg:grid lg:gap-0.5">
        {mailTexts.map((text) => (
          <li key={text.kind}>
            <Link
              to={`?kind=${text.kind}${of}`}
              preventScrollReset
              aria-current={text.kind === kind ? 'page' : undefined}
              className="flex min-h-11 items-center whitespace-nowrap rounded-control px-3 hover:bg-hover aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent lg:min-h-9"
            >
              {text.name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function OrderForm({ kind, order, problem }: { kind: MailKind; order: string; problem: string | null }) {
  return (
    <Form method="get" preventScrollReset className="mb-5 flex flex-wrap items-end gap-2">
      <input type="hidden" name="kind" value={kind} />
      <TextField
        id="order"
        label="About the order"
        hint="Number or id. Empty: a made-up one."
        defaultValue={order}
        error={problem ?? undefined}
        maxLength={64}
        autoComplete="off"
        className="min-w-0 grow sm:max-w-72"
      />
      <Button type="submit" variant="secondary" className="min-h-12">
        Show
      </Button>
    </Form>
  );
}

function Preview({ preview }: { preview: MailPreview }) {
  const [view, setView] = useState<'mail' | 'text'>('mail');
  return (
    <>
      <Facts
        facts={[
          ['To', preview.to],
          ['Subject', <strong key="subject">{preview.subject}</strong>],
          ['About', preview.order ? `order ${preview.order.number}` : 'something made up'],
        ]}
      />
      <fieldset className="mt-4 mb-2 flex gap-1">
        <legend className="sr-only">Shown as</legend>
        {(['mail', 'text'] as const).map((one) => (
          <Button
            key={one}
            variant={view === one ? 'primary' : 'secondary'}
            size="small"
            aria-pressed={view === one}
            onClick={() => setView(one)}
            className="max-lg:min-h-11"
          >
            {one === 'mail' ? 'As mail' : 'As text'}
          </Button>
        ))}
      </fieldset>
      {view === 'mail' ? (
        <iframe
          title={`The mail: ${preview.subject}`}
          src={preview.contentUrl}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          className="h-[42rem] w-full rounded-card border border-border bg-bg"
        />
      ) : (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text has to scroll by keyboard as well.
          tabIndex={0}
          className="max-h-[42rem] overflow-auto whitespace-pre-wrap rounded-card border border-border bg-subtle p-4 font-mono text-xs leading-5"
        >
          {preview.text}
        </pre>
      )}
    </>
  );
}
