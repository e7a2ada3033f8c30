import CircleAlert from 'lucide-react/icons/circle-alert';
import type { Upload } from './use-uploads.ts';

/** How far each file is, and what was said against it. */
export function UploadList({ uploads }: { uploads: readonly Upload[] }) {
  return (
    <ul aria-label="Uploads" aria-live="polite" className={uploads.length > 0 ? 'mt-3 grid gap-2' : ''}>
      {uploads.map(({ id, name, part, problem }) => (
        <li key={id} className="rounded-control border border-border px-3 py-2">
          <p className="break-all font-medium">{name}</p>
          {problem ? (
            <p className="mt-0.5 flex items-start gap-1.5 text-danger">
              <CircleAlert aria-hidden="true" size={16} className="mt-0.5 shrink-0" />
              {problem}
            </p>
          ) : (
            <div className="mt-1 flex items-center gap-2 text-muted text-xs">
              <progress
                value={part}
                max={1}
                aria-label={`Upload of ${name}`}
                className="h-1.5 flex-1 accent-accent"
              />
              {part < 1 ? `${Math.round(part * 100)} %` : 'Being drawn…'}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
