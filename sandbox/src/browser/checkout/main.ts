import { whereToLeave } from '../shared/embedding.ts';
import { readEntered } from './entered.ts';
import { checkoutFields, idOfField } from './fields.ts';
import { readMethod } from './method.ts';
import { followOrder } from './order.ts';
import { type Outcome, pay, readOutcome } from './pay.ts';
import { progressOf } from './progress.ts';
import { findUnfitQuantity, followQuantities } from './quantities.ts';

/** The life of the hosted page in the browser: one payment at a time, and where to go afterwards. */
const form = document.querySelector<HTMLFormElement>('#checkout');
const leaveTo = whereToLeave();
if (form) start(form);
else reloadWhenRestored();

function start(form: HTMLFormElement): void {
  const set = checkoutFields(form);
  const progress = progressOf(form);
  const problem = form.querySelector<HTMLElement>('#problem')!;

  async function submit(): Promise<void> {
    if (progress.isBusy()) return;
    problem.textContent = '';
    const unfit = findUnfitQuantity();
    unfit?.focus();
    if (unfit || set.validate()) return;
    progress.show('Processing…');
    const waitingForBank = () => progress.show('Waiting for your bank…');
    const isFree = form.dataset.amount === '0';
    const method = isFree ? null : readMethod(form, chosenMethod(form));
    finish(await pay(form.dataset, { method, entered: readEntered(form) }, waitingForBank));
  }

  function finish(outcome: Outcome): void {
    if (outcome.kind === 'done') {
      progress.show(form.dataset.done!);
      leaveTo(outcome.address);
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
  followOrder(form, progress);
  followQuantities(form, progress);
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    progress.end();
    void readOutcome(form.dataset).then((outcome) => outcome.kind !== 'refused' && window.location.reload());
  });
  showChosenMethod(form);
  foldLongOrder();
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
