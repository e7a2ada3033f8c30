import type { ImportReport } from '@paydesk/contract/admin/import';
import type { ReactNode } from 'react';
import { Notice } from '../../parts/notice.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Pill } from '../parts/pill.tsx';
import { fieldChange, fieldName } from '../products/change-text.ts';

type Line = ImportReport['products'][number];
type Problem = ImportReport['firstProblems'][number];

const problemColumns: readonly Column<Problem>[] = [
  { label: 'Line', cell: ({ line }) => line },
  { label: 'Column', cell: ({ column }) => column ?? 'the whole line' },
  { label: 'What is wrong', cell: ({ message }) => message },
];

/** What a file would do, or did. */
export function ImportReportView({ report, currency }: { report: ImportReport; currency: string }) {
  const columns: readonly Column<Line>[] = [
    { label: 'Line', cell: ({ line }) => line },
    { label: 'Product', cell: (line) => <Name line={line} /> },
    {
      label: 'What changes',
      cell: ({ action, fields }) =>
        action === 'create' ? <Pill tone="info">New</Pill> : <Changes fields={fields} currency={currency} />,
    },
  ];
  return (
    <div className="grid gap-4">
      <Summary report={report} />
      {report.firstProblems.length > 0 && (
        <DataTable
          label="Problems"
          columns={problemColumns}
          rows={report.firstProblems}
          keyOf={({ line, column }) => `${line} ${column}`}
        />
      )}
      {report.products.length > 0 && (
        <DataTable
          label={report.applied ? 'What was changed' : 'What would change'}
          columns={columns}
          rows={report.products}
          keyOf={({ line }) => String(line)}
        />
      )}
      <More shown={report.products.length} all={report.created + report.changed} />
    </div>
  );
}

function Summary({ report }: { report: ImportReport }) {
  const { applied, created, changed, same, problems } = report;
  if (problems > 0)
    return (
      <Notice tone="danger" role="alert">
        {problems === 1 ? 'One thing is wrong' : `${problems} things are wrong`} with the file, so nothing of
        it can be applied.
      </Notice>
    );
  const counts = `${created} to add, ${changed} to change, ${same} as they are`;
  const done = `${created} added, ${changed} changed, ${same} left as they are`;
  return (
    <Notice tone="info" role="status">
      {applied ? `Done: ${done}.` : `Nothing is changed yet: ${counts}.`}
    </Notice>
  );
}

function Name({ line: { name, slug } }: { line: Line }): ReactNode {
  return (
    <>
      <span className="block font-medium">{name}</span>
      <span className="block break-all text-muted text-xs">{slug}</span>
    </>
  );
}

function Changes({ fields, currency }: { fields: Line['fields']; currency: string }) {
  return (
    <ul>
      {fields.map((change) => (
        <li key={change.field}>
          <span className="text-muted">{fieldName(change.field)}:</span> {fieldChange(change, currency)}
        </li>
      ))}
    </ul>
  );
}

function More({ shown, all }: { shown: number; all: number }) {
  return all > shown ? <p className="text-muted">And {all - shown} more, which are not shown.</p> : null;
}
