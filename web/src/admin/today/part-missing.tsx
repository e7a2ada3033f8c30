import { Card } from '../parts/card.tsx';

/** In the place of a card whose numbers could not be read; the others go on. */
export function PartMissing({ title, className }: { title: string; className?: string }) {
  return (
    <Card title={title} {...(className !== undefined && { className })}>
      <p className="text-muted">This could not be loaded. It is tried again with the next change.</p>
    </Card>
  );
}
