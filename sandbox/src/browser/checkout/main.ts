import { checkoutFields, idOfField } from './fields.ts';
import { readMethod } from './method.ts';
import { type Outcome, pay, readOutcome } from './pay.ts';

/** The life of the hosted page in the browser: one payment at a time, and where to go afterwards. */
const form = document.querySelector<HTMLFormElement>('#checkout');
if (form) start(form);
else reloadWhenRestored();

function start(form: HTMLFormElement): void {
  const set = checkoutFields(form);
  const progress = progressOf(form);
  const problem = form.querySelector<HTMLElement>('#problem')!;

  async function submit(): Promise<void> {
    if (progress.isBusy()) return;
    problem.textContent = '';
    if (set.validate()) return;
    progress.show('Processing…');
    const waitingForBank = () => progress.show('Waiting for your bank…');
    finish(await pay(form.dataset, readMethod(form, chosenMethod(form)), waitingForBank));
  }

  function finish(outcome: Outcome): void {
    if (outcome.kind === 'done') {
      progress.show('Payment complete');
      window.location.assign(outcome.address);
    } else if (outcome.kind === 'gone') {
      window.location.reload();
    } else {
      progress.end();
      showRefusal(outcome);
    }
  }

  function showRefusal({ field, message }: Outcome & { kind: 'refused' }): void {
    if (field) {
      set.show(field, { code: 'refused', message });
      form.querySelector<HTMLElement>(`#${idOfField(field)}`)?.focus();
    } else {
      problem.textContent = message;
      problem.focus();
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  form.addEventListener('change', () => showChosenMethod(form));
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    progress.end();
    void readOutcome(form.dataset).then((outcome) => outcome.kind !== 'refused' && window.location.reload());
  });
  showChosenMethod(form);
  foldLongOrder();
}

/** Says on the button and to screen readers what is going on; presses meanwhile do nothing. */
function progressOf(form: HTMLFormElement): { isBusy(): boolean; show(text: string): void; end(): void } {
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]')!;
  const announcement = form.querySelector<HTMLElement>('#announcement')!;
  let busy = false;
  function set(text: string | null): void {
    busy = text !== null;
    button.textContent = text ?? button.dataset.label!;
    button.setAttribute('aria-disabled', String(busy));
    form.classList.toggle('busy', busy);
    announcement.textContent = text ?? '';
  }
  return { isBusy: () => busy, show: set, end: () => set(null) };
}

function chosenMethod(form: HTMLFormElement): string {
  const chosen = form.querySelector<HTMLInputElement>('input[name="method"]:checked');
  return chosen?.value ?? form.querySelector<HTMLElement>('[data-method]')?.dataset.method ?? 'card';
}

function showChosenMethod(form: HTMLFormElement): void {
  const chosen = chosenMethod(form);
  for (const method of form.querySelectorAll<HTMLElement>('[data-method]')) {
    method.querySelector<HTMLElement>('.method-body')!.hidden = method.dataset.method !== chosen;
  }
}

/** On a phone a long order would push the form off the screen; its total stays in sight above. */
function foldLongOrder(): void {
  const order = document.querySelector<HTMLDetailsElement>('.order');
  const lines = order?.querySelectorAll('.lines li').length ?? 0;
  if (order && lines > 2 && window.matchMedia('(max-width: 999px)').matches) order.open = false;
}

/** A finished page that comes back from the back-forward cache may be out of date. */
function reloadWhenRestored(): void {
  window.addEventListener('pageshow', (event) => event.persisted && window.location.reload());
}
