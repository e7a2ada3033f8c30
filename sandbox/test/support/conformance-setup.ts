/** Every test of the sandbox fails that lets it say something that Stripe's own types do not allow. */
import { afterAll, afterEach } from 'vitest';
import { watchConformance } from './conformance.ts';

const watch = watchConformance();

// The first hook of a file runs last: by then the harness has closed the sandbox, and nothing more is said.
afterEach(() => {
  const differences = watch.take();
  if (differences.length > 0) {
    throw new Error(`This differs from Stripe's types:\n  ${differences.join('\n  ')}`);
  }
});

afterAll(() => watch.stop());
