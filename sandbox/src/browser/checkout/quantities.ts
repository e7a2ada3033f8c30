import { readFreshPage, sendChange, showFreshPage } from './live-order.ts';
import type { Progress } from './progress.ts';

/** Presses in quick succession are gathered for this long and sent as one. */
const gatherMilliseconds = 300;

/**
 * Lets the customer change quantities, or take a line out of the order. The page shows the wanted quantity at once;
 * what it costs is the server's to say, and until it has, nothing can be paid.
 */
export function followQuantities(form: HTMLFormElement, progress: Progress): void {
  const wanted = new Map<string, number>();
  let timer: number | undefined;
  let isSending = false;

  function want(line: HTMLElement, quantity: number): void {
    const input = inputOf(line);
    const isOurs = isSending || wanted.size > 0;
    if (progress.isBusy() && !isOurs) {
      input.value = input.defaultValue;
      return;
    }
    const problem = problemOf(input, quantity);
    showProblem(line.dataset.line!, problem);
    if (problem !== null) return;
    input.value = String(quantity);
    wanted.set(line.dataset.line!, quantity);
    progress.show('Updating…');
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void send(), gatherMilliseconds);
  }

  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    const refusals = new Map<string, string | null>();
    let page: Document;
    do {
      for (const [line, quantity] of wanted) {
        wanted.delete(line);
        refusals.set(line, await sendChange(form, change(line, quantity)));
      }
      page = await readFreshPage();
      // What was pressed meanwhile goes first, so that no older quantity comes back into view.
    } while (wanted.size > 0);
    isSending = false;
    const names = [...refusals.keys()].map((line) => lineWith(line)?.dataset.name ?? '');
    showFreshPage(form, page);
    progress.end();
    tell(progress, [...refusals.keys()], names);
    for (const [line, refusal] of refusals) if (refusal !== null) showProblem(line, refusal);
  }

  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-step], [data-remove-line]');
    const line = button?.closest<HTMLElement>('[data-line]');
    if (!button || !line || button.getAttribute('aria-disabled') === 'true') return;
    if (button.dataset.step === undefined) want(line, 0);
    else want(line, oneStep(inputOf(line), Number(button.dataset.step)));
  });
  document.addEventListener('change', (event) => {
    const input = event.target as HTMLInputElement;
    const line = input.closest<HTMLElement>('[data-line]');
    if (line) want(line, input.value === '' ? Number.NaN : Number(input.value));
  });
}

/** A quantity that was typed and is not allowed, so that it counts nowhere; it should be seen to before paying. */
export function findUnfitQuantity(): HTMLInputElement | null {
  const inputs = [...document.querySelectorAll<HTMLInputElement>('.stepper input')];
  return inputs.find(({ value, defaultValue }) => value !== defaultValue) ?? null;
}

function change(line: string, quantity: number): Record<string, unknown> {
  return {
    updated_line_item_quantity: {
      line_item_id: line,
      quantity,
      fail_update_on_discount_error: true,
    },
  };
}

/** The steps never take a line out of the order, and lead back from a number that is not allowed. */
function oneStep({ value, defaultValue, min, max }: HTMLInputElement, by: number): number {
  const next = Number(value === '' ? defaultValue : value) + by;
  return Math.trunc(Math.min(Math.max(next, Number(min), 1), Number(max)));
}

function problemOf({ min, max }: HTMLInputElement, quantity: number): string | null {
  if (Number.isInteger(quantity) && quantity >= Number(min) && quantity <= Number(max)) return null;
  return `Enter a number from ${min} to ${max}.`;
}

/** A line that is gone leaves the focus to the list. */
function tell(progress: Progress, lines: string[], names: string[]): void {
  const changes = lines.map((line, index) => {
    const place = lineWith(line);
    return place ? `Quantity of ${names[index]}: ${inputOf(place).value}.` : `${names[index]} removed.`;
  });
  const total = document.querySelector('[data-testid="total"]')?.textContent;
  progress.announce(`${changes.join(' ')} Total due: ${total}.`);
  if (document.activeElement === document.body) {
    document.querySelector<HTMLElement>('[data-live="lines"]')?.focus();
  }
}

function showProblem(id: string, message: string | null): void {
  const line = lineWith(id);
  if (line === null) return;
  inputOf(line).setAttribute('aria-invalid', String(message !== null));
  line.querySelector('.error')!.textContent = message ?? '';
}

function lineWith(id: string): HTMLElement | null {
  return document.querySelector(`[data-line="${id}"]`);
}

function inputOf(line: HTMLElement): HTMLInputElement {
  return line.querySelector('input')!;
}
