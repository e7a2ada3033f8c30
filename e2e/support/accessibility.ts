import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe finds against WCAG 2.2 AA on the page as it stands, Stripe's frames included, in light and in dark colours;
 * empty is how it should be. Only the contrast is looked at twice: nothing else depends on the colours.
 */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await wear(page, 'light');
  const light = await new AxeBuilder({ page }).withTags(standard).analyze();
  await wear(page, 'dark');
  // Without frames ("legacy"): in a see-through frame axe takes the ground for white, and so cannot judge dark colours.
  const dark = await new AxeBuilder({ page }).withRules(['color-contrast']).setLegacyMode().analyze();
  await wear(page, 'light');
  return [...describe('light', light), ...describe('dark', dark)];
}

/** Changes the colours and waits until none of them is on its way any more. */
async function wear(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as { document: { getAnimations(): object[] } };
    return document.getAnimations().every((animation) => animation.constructor.name !== 'CSSTransition');
  });
}

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>;

function describe(colours: string, { url, violations }: Results): string[] {
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${colours} ${new URL(url).pathname} ${id} ${target.join(' ')}: ${failureSummary}`,
    ),
  );
}
