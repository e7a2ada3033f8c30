import type { Locator, Page } from 'playwright-core';

/**
 * Presses as a person does, who holds the button down for some frames of the screen: what the press makes happen by leaving a field
 * has been drawn before it is let go.
 */
export async function pressSlowly(page: Page, button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  const box = (await button.boundingBox())!;
  // Near its upper edge, from which it moves away first.
  await page.mouse.move(box.x + box.width / 2, box.y + 4);
  await page.mouse.down();
  await page.evaluate(async () => {
    const { requestAnimationFrame } = globalThis as unknown as {
      requestAnimationFrame(done: () => void): void;
    };
    for (let frame = 0; frame < 6; frame += 1)
      await new Promise<void>((done) => requestAnimationFrame(() => done()));
  });
  await page.mouse.up();
}
