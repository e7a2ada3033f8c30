import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adviceOn, breakAdvice } from '../../src/domain/break-advice.ts';
import { breakKinds } from '../../src/domain/settlement.ts';

const manual = readFileSync(new URL('../../../docs/operating.md', import.meta.url), 'utf8');

describe('the advice on a break', () => {
  it.each(breakKinds)('of the kind %s is the same on the page and in the manual', (kind) => {
    const { title, do: advice } = breakAdvice[kind];
    expect(manual).toContain(`| \`${kind}\` | ${title} | ${advice} |`);
    expect(advice).toMatch(/\.$/);
  });

  it('is there for a kind of another version, too', () => {
    expect(adviceOn('moon_missing').title).toBe('moon missing');
  });
});
