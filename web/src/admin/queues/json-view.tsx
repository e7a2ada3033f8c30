import type { ReactNode } from 'react';
import { CopyButton } from '../../parts/copy-button.tsx';

/** What is open at first; deeper things are opened one by one. */
const openTo = 3;

/** JSON to read: what has parts can be folded. Everything in it is shown as text. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  return (
    <div className="relative rounded-control bg-subtle">
      <div className="absolute top-1 right-1">
        <CopyButton text={JSON.stringify(value, null, 2)} label={`Copy ${label}`} />
      </div>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the screen has to scroll by keyboard as well.
        tabIndex={0}
        className="overflow-x-auto p-3 pr-12 font-mono text-xs leading-5"
      >
        <Part name={null} value={value} depth={0} />
      </section>
    </div>
  );
}

// By its own state and not by that of what it is in.
const fold =
  "[&:not([open])>summary]:before:content-['▸'] [&[open]>summary]:before:content-['▾'] [&[open]>summary>[data-more]]:hidden";

type PartProps = { name: string | null; value: unknown; depth: number };

function Part({ name, value, depth }: PartProps) {
  if (typeof value !== 'object' || value === null)
    return (
      <div className="whitespace-pre-wrap break-words pl-4">
        <Name name={name} />
        <Leaf value={value} />
      </div>
    );
  const isList = Array.isArray(value);
  const parts = Object.entries(value);
  const [begin, end] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0)
    return (
      <div className="pl-4">
        <Name name={name} />
        {begin}
        {end}
      </div>
    );
  return (
    <details open={depth < openTo} className={fold}>
      <summary className="min-h-6 cursor-pointer list-none rounded-control max-lg:min-h-11 max-lg:py-2.5 before:mr-1 before:inline-block before:w-3">
        <Name name={name} />
        {begin}
        <span data-more="" className="text-muted">
          {' '}
          {parts.length} {end}
        </span>
      </summary>
      <div className="ml-1.5 border-border border-l pl-2">
        {parts.map(([key, part]) => (
          <Part key={key} name={isList ? null : key} value={part} depth={depth + 1} />
        ))}
      </div>
      <div className="pl-4">{end}</div>
    </details>
  );
}

function Name({ name }: { name: string | null }): ReactNode {
  return name === null ? null : <span className="text-muted">{name}: </span>;
}

function Leaf({ value }: { value: unknown }) {
  const tone = typeof value === 'string' ? 'text-success' : value === null ? 'text-muted' : 'text-info';
  return <span className={tone}>{JSON.stringify(value)}</span>;
}
