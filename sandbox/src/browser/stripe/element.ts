import type {
  ElementType,
  FrameCall,
  FramedType,
  FrameResult,
  GroupSetup,
  Options,
} from '../shared/messages.ts';
import { createEmitter, type Emitter, type Listener } from './emitter.ts';
import { requireIntegration } from './errors.ts';
import { type ElementFrame, openElementFrame } from './frame.ts';
import { focusFromLabels, markState, placeOf, removeState } from './place.ts';

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
  getValue?(): Promise<Options>;
}

export interface ElementContext {
  group: string;
  key: string;
  clientSecret: string | null;
  shared: () => GroupSetup;
  /** Settled when the options of the Elements are final: a Checkout Session must be loaded first. */
  prepared: Promise<unknown>;
  destroyed: (handle: ElementHandle) => void;
  changed: () => void;
}

const noWallets = { availablePaymentMethods: undefined };

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
  #frame: ElementFrame | null = null;
  #container: HTMLElement | null = null;
  #stopLabels: () => void = () => {};
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
    this.#container = place;
    markState(place, this.options.classes, 'mount', { isCard: this.type.startsWith('card') });
    if (this.type === 'expressCheckout' || this.type === 'currencySelector') this.#announceNothing();
    else this.#openFrame(this.type, place);
  }

  unmount(): void {
    this.#frame?.close();
    this.#frame?.iframe.parentElement?.remove();
    if (this.#container) removeState(this.#container, this.options.classes);
    this.#stopLabels();
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
    this.#frame?.send({ kind: 'update', update: { options: changes } });
  }

  /** Tells the frame what the group's options are now, of those that the given changes are about. */
  refresh(changes: Options): void {
    const { appearance, fonts, addressElsewhere } = this.#context.shared();
    const update = {
      addressElsewhere,
      ...(changes.appearance ? { appearance } : {}),
      ...(changes.fonts ? { fonts } : {}),
    };
    this.#frame?.send({ kind: 'update', update });
  }

  get isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  get iframe(): HTMLIFrameElement | undefined {
    return this.#frame?.iframe;
  }

  command(command: 'focus' | 'blur' | 'clear' | 'collapse'): void {
    this.#frame?.send({ kind: 'command', command });
  }

  /** Lets the frame do what needs the card. */
  call(call: FrameCall): Promise<FrameResult> {
    requireIntegration(
      this.#frame,
      'We could not retrieve data from the specified Element. Please make sure the Element you are attempting to use is still mounted.',
    );
    return this.#frame.call(call);
  }

  async value(): Promise<Options> {
    const { value = {} } = await this.call({ method: 'value' });
    const { complete, isNewAddress, value: address } = value;
    return { complete, isNewAddress, value: address };
  }

  #openFrame(type: FramedType, place: HTMLElement): void {
    const { key, clientSecret, group, shared, prepared } = this.#context;
    const setup = () => ({ type, key, clientSecret, options: this.options, ...shared() });
    const onEvent = (event: string, payload: Options) => this.#receive(event, payload);
    this.#frame = openElementFrame({ setup, prepared, group, onEvent });
    const wrapper = document.createElement('div');
    wrapper.className = '__PrivateStripeElement';
    wrapper.append(this.#frame.iframe);
    place.replaceChildren(wrapper);
    this.#stopLabels = focusFromLabels(place, () => this.command('focus'));
  }

  /**
   * Express Checkout shows the buttons of wallets: Apple Pay, Google Pay, Link, PayPal. None of them can be had
   * without the companies behind them, and a button that only pretends to pay would make a shop's test lie. So
   * the Element says what Stripe says on a device without wallets, and draws nothing. The currency selector has
   * nothing to select from, as at Stripe where a session has one currency.
   */
  #announceNothing(): void {
    const place = this.#container;
    queueMicrotask(() => {
      if (this.#container === place) this.#receive('ready', this.type === 'expressCheckout' ? noWallets : {});
    });
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
  if (handle.type === 'address') element.getValue = () => handle.value();
  if (handle.type === 'payment') element.collapse = chain(() => handle.command('collapse'));
  return element;
}
