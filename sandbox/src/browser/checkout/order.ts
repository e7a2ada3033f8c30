import { readFreshPage, sendChange, showFreshPage } from './live-order.ts';
import type { Progress } from './progress.ts';

/**
 * Lets the customer change what the order costs before paying: a promotion code, and the way of shipping. The server
 * computes and writes the page anew; its live parts are taken over, so that what is typed elsewhere stays.
 */
export function followOrder(form: HTMLFormElement, progress: Progress): void {
  document.addEventListener('submit', (event) => {
    if ((event.target as HTMLElement).id !== 'promotion') return;
    event.preventDefault();
    void applyCode(form, progress);
  });
  document.addEventListener('click', (event) => {
    if ((event.target as Element).closest('[data-remove-code]')) void removeCode(form, progress);
  });
  form.addEventListener('change', (event) => {
    const { name, value } = event.target as HTMLInputElement;
    if (name === 'shippingRate') void chooseShipping(form, progress, value);
  });
}

async function applyCode(form: HTMLFormElement, progress: Progress): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('#promotionCode')!;
  const code = input.value.trim();
  showCodeProblem(code === '' ? 'Enter a code.' : null);
  if (code === '' || progress.isBusy()) return;
  const error = await change(form, progress, { promotion_code: code });
  if (error !== null) showCodeProblem(error);
  else tell(progress, `Code ${code} applied.`, '[data-remove-code]');
}

async function removeCode(form: HTMLFormElement, progress: Progress): Promise<void> {
  if (progress.isBusy()) return;
  const error = await change(form, progress, { promotion_code: null });
  if (error === null) tell(progress, 'Code removed.', '#promotionCode');
  else showProblem(form, error);
}

async function chooseShipping(form: HTMLFormElement, progress: Progress, rate: string): Promise<void> {
  const error = await change(form, progress, { shipping_rate: rate });
  if (error === null) tell(progress, 'Shipping chosen.', null);
  else showProblem(form, error);
}

/** The message of a refusal, or null when the page shows the changed order. */
async function change(
  form: HTMLFormElement,
  progress: Progress,
  params: Record<string, unknown>,
): Promise<string | null> {
  progress.show('Updating…');
  const refusal = await sendChange(form, params);
  if (refusal === null) showFreshPage(form, await readFreshPage());
  progress.end();
  return refusal;
}

function tell(progress: Progress, text: string, focus: string | null): void {
  const total = document.querySelector('[data-testid="total"]')?.textContent;
  progress.announce(`${text} Total due: ${total}.`);
  if (focus !== null) document.querySelector<HTMLElement>(focus)?.focus();
}

function showCodeProblem(message: string | null): void {
  const input = document.querySelector<HTMLInputElement>('#promotionCode');
  if (input === null) return;
  input.setAttribute('aria-invalid', String(message !== null));
  input.closest('.field')!.classList.toggle('invalid', message !== null);
  document.querySelector('#promotionCode-error')!.textContent = message ?? '';
  if (message !== null) input.focus();
}

function showProblem(form: HTMLFormElement, message: string): void {
  form.querySelector('#problem')!.textContent = message;
}
