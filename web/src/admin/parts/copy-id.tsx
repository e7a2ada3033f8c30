import { CopyButton } from '../../parts/copy-button.tsx';

/** An id to read and to copy. */
export function CopyId({ id, label = 'id' }: { id: string; label?: string }) {
  return (
    <span className="inline-flex max-w-full items-center">
      <span className="min-w-0 break-all font-mono text-xs">{id}</span>
      <CopyButton text={id} label={`Copy ${label}`} />
    </span>
  );
}
