import {
  type ImportReport,
  importColumns,
  maxImportBytes,
  maxImportRows,
} from '@paydesk/contract/admin/import';
import FileUp from 'lucide-react/icons/file-up';
import { useState } from 'react';
import { ImportReportView } from '../../admin/import/import-report.tsx';
import { useMay } from '../../admin/operator.ts';
import { AdminPage } from '../../admin/parts/admin-page.tsx';
import { Card } from '../../admin/parts/card.tsx';
import { Empty } from '../../admin/parts/empty.tsx';
import { ApiError } from '../../api/call.ts';
import { sendFile } from '../../api/send-file.ts';
import { Button, ButtonLink } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { pageTitle, useShopConfig } from '../../shop-config.ts';
import type { Route } from './+types/import.ts';

export function meta({ matches }: Route.MetaArgs) {
  return [{ title: pageTitle(matches, 'Import products') }];
}

const path = '/api/admin/products/import';

/** A file, what it would do, and then the same file for good. */
function useImport() {
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (wanted: File, query = '') => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    setFile(wanted);
    try {
      // Read at once: a file that is edited after it was chosen can no longer be sent as it is.
      const bytes = new Blob([await wanted.arrayBuffer()]);
      setReport(await sendFile<ImportReport>(path + query, bytes, { type: 'text/csv' }));
    } catch (error) {
      setReport(null);
      setProblem(error instanceof ApiError ? error.message : 'The file cannot be read. Choose it once more.');
    } finally {
      setBusy(false);
    }
  };
  return {
    file,
    report,
    problem,
    busy,
    choose: async (chosen: File) => {
      setReport(null);
      if (chosen.size > maxImportBytes) return setProblem('This file is larger than 2 MB.');
      await send(chosen);
    },
    apply: async () => {
      if (file && report) await send(file, `?apply=${report.fingerprint}`);
    },
  };
}

export default function ImportPage() {
  const { currency } = useShopConfig();
  const mayManage = useMay('manager');
  const { file, report, problem, busy, choose, apply } = useImport();
  if (!mayManage)
    return (
      <AdminPage title="Import products">
        <Empty title="Not for your role">A manager or an owner can import products.</Empty>
      </AdminPage>
    );
  const canApply = report !== null && !report.applied && report.problems === 0;
  const count = report ? report.created + report.changed : 0;
  return (
    <AdminPage
      back={{ to: '/admin/products', label: 'Products' }}
      title="Import products"
      lead="Choose a CSV file. You see first what it would change, and nothing is changed until you say so."
      actions={
        <ButtonLink
          to="/api/admin/products.csv"
          reloadDocument
          variant="secondary"
          size="small"
          className="max-lg:min-h-11"
        >
          Export
        </ButtonLink>
      }
    >
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="grid min-w-0 gap-4 lg:col-span-2">
          <FileField name={file?.name ?? null} busy={busy} choose={(chosen) => void choose(chosen)} />
          {problem && (
            <Notice tone="danger" role="alert">
              {problem}
            </Notice>
          )}
          {report && <ImportReportView report={report} currency={currency} />}
          {canApply && count > 0 && (
            <Button
              onClick={() => void apply()}
              aria-disabled={busy}
              className="justify-self-end max-sm:w-full"
            >
              {busy ? 'One moment…' : `Apply to ${count} ${count === 1 ? 'product' : 'products'}`}
            </Button>
          )}
        </div>
        <Rules />
      </div>
    </AdminPage>
  );
}

type FileFieldProps = { name: string | null; busy: boolean; choose(file: File): void };

function FileField({ name, busy, choose }: FileFieldProps) {
  return (
    <label className="flex min-h-24 cursor-pointer items-center justify-center gap-3 rounded-card border border-control border-dashed bg-surface p-4 text-center focus-within:outline-2 focus-within:outline-focus focus-within:outline-offset-2 hover:bg-hover">
      <FileUp aria-hidden="true" size={20} strokeWidth={1.75} className="shrink-0 text-muted" />
      <span className="min-w-0 break-all">
        {busy ? 'Reading…' : name === null ? 'Choose a CSV file' : `${name}. Choose another one`}
      </span>
      <input
        type="file"
        accept=".csv,text/csv"
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) choose(file);
        }}
      />
    </label>
  );
}

function Rules() {
  return (
    <Card title="How a file is read">
      <ul className="grid list-disc gap-1.5 pl-4">
        <li>
          The first line names the columns:{' '}
          <span className="font-mono text-xs">{importColumns.join(', ')}</span>. Only{' '}
          <span className="font-mono text-xs">slug</span> must be there; it says which product a line is
          about.
        </li>
        <li>A product that is not there yet also needs a name, a category and a price.</li>
        <li>An empty cell leaves things as they are; an empty description or attribute empties it.</li>
        <li>
          Leave <span className="font-mono text-xs">on_hand</span> out while sales go on: a count that is old
          is wrong.
        </li>
        <li>At most {maxImportRows} products and 2 MB, in UTF-8. All of it is applied, or nothing.</li>
      </ul>
    </Card>
  );
}
