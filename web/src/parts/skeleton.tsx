/** Stands where something will be, in its size; invisible for the first 300 ms. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden="true" className={`block animate-appear rounded-control bg-hover ${className}`} />;
}
