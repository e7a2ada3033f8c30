import type { CardCall, CardCallResult, ElementType, Options } from '../shared/messages.ts';
import { createEmitter, type Emitter, type Listener } from './emitter.ts';
import { requireIntegration } from './errors.ts';
import { type CardFrame, openCardFrame } from './frame.ts';
import { markState, placeOf, removeState } from './place.ts';

/** The object a merchant's page holds. */
export interface StripeElement {
  mount(target: string | HTMLElement): void;
  unmount(): void;
  destroy(): void;
  on(event: string, listener: Listener): StripeElement;
  once(event: string, listener: Listener): StripeElement;
  off(event: string, listener?: Listener): StripeElement;
  update(options: Options): StripeElement;
  focus(): void;
  blur(): void;
  clear(): void;
  collapse?(): StripeElement;
}

export interface ElementContext {
  group: string;
  key: string;
  clientSecret: string | null;
  appearance: () => Options;
  destroyed: (handle: ElementHandle) => void;
  changed: () => void;
}

const handles = new WeakMap<object, ElementHandle>();

export function handleOf(element: unknown): ElementHandle | undefined {
  return typeof element === 'object' && element !== null ? handles.get(element) : undefined;
}

/** An Element as the rest of stripe.js sees it; the merchant holds `element`, which reaches no further. */
export class ElementHandle {
  readonly type: ElementType;
  readonly element: StripeElement;
  readonly emitter: Emitter = createEmitter();
  options: Options;
  readonly #context: ElementContext;
  #frame: CardFrame | null = null;
  #container: HTMLElement | null = null;
  #isDestroyed = false;

  constructor(type: ElementType, options: Options, context: ElementContext) {
    this.type = type;
    this.options = options;
    this.#context = context;
    this.element = elementFor(this);
    handles.set(this.element, this);
  }

  mount(target: string | HTMLElement): void {
    this.#requireUsable();
    const place = placeOf(target);
    if (place === this.#container) return;
    this.unmount();
    const { key, clientSecret, group, appearance } = this.#context;
    const setup = () => ({
      type: this.type,
      key,
      clientSecret,
      options: this.options,
      appearance: appearance(),
    });
    this.#container = place;
    this.#frame = openCardFrame({ setup, group, onEvent: (event, payload) => this.#receive(event, payload) });
    const wrapper = document.createElement('div');
    wrapper.className = '__PrivateStripeElement';
    wrapper.append(this.#frame.iframe);
    place.replaceChildren(wrapper);
    markState(place, this.options.classes, 'mount', {});
  }

  unmount(): void {
    this.#frame?.close();
    this.#frame?.iframe.parentElement?.remove();
    if (this.#container) removeState(this.#container, this.options.classes);
    this.#frame = this.#container = null;
  }

  destroy(): void {
    this.#requireUsable();
    this.unmount();
    this.#isDestroyed = true;
    this.#context.destroyed(this);
  }

  update(changes: Options): void {
    this.#requireUsable();
    this.options = { ...this.options, ...changes };
    this.#frame?.send({ kind: 'update', options: changes });
  }

  setAppearance(appearance: Options): void {
    this.#frame?.send({ kind: 'update', appearance });
  }

  command(command: 'focus' | 'blur' | 'clear' | 'collapse'): void {
    this.#frame?.send({ kind: 'command', command });
  }

  /** Lets the frame do what needs the card. */
  call(call: CardCall): Promise<CardCallResult> {
    requireIntegration(
      this.#frame,
      'We could not retrieve data from the specified Element. Please make sure the Element you are attempting to use is still mounted.',
    );
    return this.#frame.call(call);
  }

  #receive(event: string, payload: Options): void {
    if (event === 'submit') {
      this.#container?.closest('form')?.requestSubmit();
      return;
    }
    if (this.#container) markState(this.#container, this.options.classes, event, payload);
    if (event === 'change') this.#context.changed();
    this.emitter.emit(event, { elementType: this.type, ...payload });
  }

  #requireUsable(): void {
    requireIntegration(
      !this.#isDestroyed,
      'This Element has already been destroyed. Please create a new one.',
    );
  }
}

function elementFor(handle: ElementHandle): StripeElement {
  const chain = (work: (...given: never[]) => void) => {
    return (...given: unknown[]): StripeElement => {
      work(...(given as never[]));
      return element;
    };
  };
  const element: StripeElement = {
    mount: (target) => handle.mount(target),
    unmount: () => handle.unmount(),
    destroy: () => handle.destroy(),
    on: chain(handle.emitter.on),
    once: chain(handle.emitter.once),
    off: chain(handle.emitter.off),
    update: chain((changes: Options) => handle.update(changes)),
    focus: () => handle.command('focus'),
    blur: () => handle.command('blur'),
    clear: () => handle.command('clear'),
  };
  if (handle.type === 'payment') element.collapse = chain(() => handle.command('collapse'));
  return element;
}
