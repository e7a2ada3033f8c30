import type { Options } from '../shared/messages.ts';
import { requireIntegration } from './errors.ts';

type ClassNames = Record<string, string> | undefined;

/** The node of the merchant's page that an Element is mounted on. */
export function placeOf(target: string | HTMLElement): HTMLElement {
  if (typeof target !== 'string') {
    requireIntegration(target instanceof HTMLElement, 'mount() takes a CSS selector or a DOM element.');
    return target;
  }
  const found = document.querySelector<HTMLElement>(target);
  requireIntegration(found, `The selector you specified (${target}) applies to no DOM element on the page.`);
  return found;
}

const states = ['complete', 'empty', 'focus', 'invalid'];

/** Keeps the `StripeElement--…` classes by which a merchant's own stylesheet draws the box around an Element. */
export function markState(place: HTMLElement, names: ClassNames, event: string, payload: Options): void {
  const set = (state: string, on: boolean) => place.classList.toggle(className(names, state), on);
  if (event === 'mount') {
    place.classList.add(baseName(names));
    if (payload.isCard) set('empty', true);
  }
  if (event === 'focus' || event === 'blur') set('focus', event === 'focus');
  if (event !== 'change') return;
  set('complete', payload.complete === true);
  set('empty', payload.empty === true);
  set('invalid', payload.error !== undefined);
}

/** A click on the label of the place, by `for` or around it, focuses the Element, as it would focus an input. */
export function focusFromLabels(place: HTMLElement, focus: () => void): () => void {
  const listen = ({ target }: Event): void => {
    const label = target instanceof Element ? target.closest('label') : null;
    if (label && (label.contains(place) || (place.id !== '' && label.htmlFor === place.id))) focus();
  };
  document.addEventListener('click', listen);
  return () => document.removeEventListener('click', listen);
}

export function removeState(place: HTMLElement, names: ClassNames): void {
  place.classList.remove(baseName(names));
  for (const state of states) place.classList.remove(className(names, state));
}

function baseName(names: ClassNames): string {
  return names?.base ?? 'StripeElement';
}

function className(names: ClassNames, state: string): string {
  return names?.[state] ?? `StripeElement--${state}`;
}
