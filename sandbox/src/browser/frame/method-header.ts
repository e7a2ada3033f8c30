import { element } from '../shared/dom.ts';
import type { Options } from '../shared/messages.ts';

export interface MethodHeader {
  node: HTMLElement;
  isCollapsed(): boolean;
  expand(): void;
  collapse(): void;
}

/** The head over the fields: an accordion row (Stripe's default since 2025-03-31) or a tab, for the one method there is. */
export function methodHeader(
  layout: string | Options | undefined,
  body: HTMLElement,
  changed: () => void,
): MethodHeader {
  const { type = 'accordion', defaultCollapsed = false } =
    typeof layout === 'object' ? layout : { type: layout };
  const tabs = type === 'tabs';
  const button = element(
    'button',
    {
      type: 'button',
      class: tabs ? 'Tab Tab--selected' : 'accordion-head',
      'data-testid': 'card',
      'data-value': 'card',
      'aria-controls': body.id,
    },
    element('img', { src: '/assets/brands/unknown.svg', alt: '', width: '24', height: '16' }),
    element('span', { class: tabs ? 'TabLabel' : '' }, 'Card'),
  );
  let collapsed = false;
  function set(next: boolean): void {
    collapsed = next;
    body.hidden = next;
    button.setAttribute('aria-expanded', String(!next));
  }
  set(!tabs && defaultCollapsed === true);
  const change = (next: boolean): void => {
    if (next === collapsed) return;
    set(next);
    changed();
  };
  button.addEventListener('click', () => change(false));
  return {
    node: button,
    isCollapsed: () => collapsed,
    expand: () => change(false),
    collapse: () => change(!tabs),
  };
}
