export interface Progress {
  isBusy(): boolean;
  /** Says on the button what is going on; presses meanwhile do nothing. */
  show(text: string): void;
  end(): void;
  /** Says something to screen readers only. */
  announce(text: string): void;
}

export function progressOf(form: HTMLFormElement): Progress {
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
  return {
    isBusy: () => busy,
    show: set,
    end: () => set(null),
    announce: (text) => {
      announcement.textContent = text;
    },
  };
}
