import type { ReactNode } from 'react';

/** One topic of an order, with its heading. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="keep-together rounded-card border border-border bg-surface p-5">
      <h2 className="mb-4 font-semibold">{title}</h2>
      {children}
    </section>
  );
}

/** A file of the shop's to open or keep. Its name for screen readers says which one of several it is. */
export function DocumentLink({ url, label, of }: { url: string; label: string; of?: string }) {
  return (
    <a
      href={url}
      className="inline-flex min-h-9 items-center text-accent text-sm underline underline-offset-4 print-hidden"
    >
      {label}
      {of && <span className="sr-only"> {of}</span>}
    </a>
  );
}
