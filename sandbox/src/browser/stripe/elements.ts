import type { StripeError } from '../shared/api.ts';
import type { ElementType, Options } from '../shared/messages.ts';
import { randomId } from '../shared/random-id.ts';
import { detailsOf, type GroupDetails } from './details.ts';
import { type ElementContext, ElementHandle, handleOf, type StripeElement } from './element.ts';
import { createEmitter, type Emitter, type Listener } from './emitter.ts';
import { IntegrationError, requireIntegration } from './errors.ts';
import { checkChanges, checkOptions, sharedSetup } from './group-options.ts';
import { retrieveIntent } from './intents.ts';

/** The object a merchant's page holds. */
export interface StripeElements {
  create(type: string, options?: Options): StripeElement;
  getElement(type: unknown, options?: Options): StripeElement | null;
  update(options: Options): Promise<void>;
  submit(): Promise<{ selectedPaymentMethod: string } | { error: StripeError }>;
  fetchUpdates(): Promise<{ error?: { message: string } }>;
  on(event: string, listener: Listener): void;
}

const knownTypes: ElementType[] = [
  'payment',
  'card',
  'cardNumber',
  'cardExpiry',
  'cardCvc',
  'address',
  'linkAuthentication',
  'expressCheckout',
];

const groups = new WeakMap<object, ElementsGroup>();
const groupOfHandle = new WeakMap<ElementHandle, ElementsGroup>();

export function groupOf(elements: unknown): ElementsGroup | undefined {
  return typeof elements === 'object' && elements !== null ? groups.get(elements) : undefined;
}

/** The Element that speaks for a card: of split fields it is the number, whose frame asks its siblings. */
export function cardHandle(element: unknown): ElementHandle | undefined {
  const handle = handleOf(element);
  if (handle?.type !== 'cardExpiry' && handle?.type !== 'cardCvc') return handle;
  return groupOfHandle.get(handle)?.find('cardNumber');
}

export function createElements(key: string, options: Options): StripeElements {
  checkOptions(options);
  const group = new ElementsGroup(key, options);
  const elements: StripeElements = {
    create: (type, elementOptions = {}) => {
      requireIntegration(
        (knownTypes as string[]).includes(type),
        `A valid Element name must be provided. The sandbox has: ${knownTypes}.`,
      );
      return group.create(type as ElementType, elementOptions).element;
    },
    getElement: (type, chosen) =>
      group.find(typeof type === 'string' ? type : nameOfComponent(type), chosen?.mode)?.element ?? null,
    update: async (changes) => group.update(changes),
    submit: () => group.submit(),
    fetchUpdates: () => group.fetchUpdates(),
    on: (event, listener) => group.emitter.on(event, listener),
  };
  groups.set(elements, group);
  return elements;
}

/** The Elements of one `elements()`, as the rest of stripe.js sees them. */
export class ElementsGroup {
  readonly clientSecret: string | null;
  readonly emitter: Emitter = createEmitter();
  readonly #context: ElementContext;
  readonly #handles: ElementHandle[] = [];
  #options: Options;
  /** True after submit() found everything complete and nothing was changed since. */
  #isSubmitted = false;

  constructor(key: string, options: Options, prepared: Promise<unknown> = Promise.resolve()) {
    this.clientSecret = options.clientSecret ?? null;
    this.#options = options;
    this.#context = {
      key,
      clientSecret: this.clientSecret,
      group: randomId(),
      prepared,
      shared: () => sharedSetup(this.#options, this.find('address', 'billing') !== undefined),
      destroyed: (handle) => {
        this.#handles.splice(this.#handles.indexOf(handle), 1);
        if (handle.type === 'address') this.#tellPayment();
      },
      changed: () => {
        this.#isSubmitted = false;
      },
    };
  }

  /** What a group without an intent was made for; null where there is an intent. */
  get deferred(): { mode: string; amount?: number; currency?: string } | null {
    const { mode, amount, currency } = this.#options;
    return mode === undefined || mode === 'checkout' ? null : { mode, amount, currency };
  }

  find(type: unknown, mode?: string): ElementHandle | undefined {
    return this.#handles.find(
      (handle) => handle.type === type && (mode === undefined || handle.options.mode === mode),
    );
  }

  create(type: ElementType, options: Options): ElementHandle {
    const isAddress = type === 'address';
    requireIntegration(
      !isAddress || ['shipping', 'billing'].includes(options.mode),
      'elements.create(address) needs the mode shipping or billing.',
    );
    requireIntegration(!options.contacts, 'The sandbox does not build the contacts of an Address Element.');
    const existing = this.find(type, isAddress ? options.mode : undefined);
    if (existing) throw new IntegrationError(`Can only create one Element of type ${type}.`);
    requireIntegration(
      this.clientSecret || this.#options.mode || (type !== 'payment' && type !== 'expressCheckout'),
      `elements.create(${type}) needs elements() to get a clientSecret or a mode.`,
    );
    const handle = new ElementHandle(type, options, this.#context);
    this.#handles.push(handle);
    groupOfHandle.set(handle, this);
    if (isAddress) this.#tellPayment();
    return handle;
  }

  update(changes: Options): void {
    checkChanges(changes, this.#options);
    this.#options = { ...this.#options, ...changes };
    for (const handle of this.#handles) handle.refresh(changes);
    this.emitter.emit('update-end', undefined);
  }

  async submit(): Promise<{ selectedPaymentMethod: string } | { error: StripeError }> {
    requireIntegration(this.find('payment'), 'elements.submit() needs a mounted Payment Element.');
    const error = await this.validate();
    if (error) return { error };
    this.#isSubmitted = true;
    return { selectedPaymentMethod: 'card' };
  }

  /** @throws IntegrationError where there is no intent yet and `submit()` has not passed */
  requireSubmitted(caller: string): void {
    requireIntegration(
      !this.deferred || this.#isSubmitted,
      `elements.submit() must be called, and must have succeeded, before ${caller} when elements() was created with a mode.`,
    );
  }

  /** Shows what is missing everywhere and returns the first problem on the page. */
  async validate(): Promise<StripeError | null> {
    return (await this.problems())[0]?.error ?? null;
  }

  /** In the order of the page. The first Element is asked last, so that the focus ends there. */
  async problems(): Promise<{ name: string; error: StripeError }[]> {
    const found: { name: string; error: StripeError }[] = [];
    for (const handle of this.#mounted().toReversed()) {
      const { error } = await handle.call({ method: 'validate' });
      const name = handle.type === 'address' ? `${handle.options.mode}Address` : handle.type;
      if (error) found.unshift({ name, error });
    }
    return found;
  }

  /** What address and e-mail Elements hold. */
  async details(): Promise<GroupDetails> {
    const open = this.#mounted().filter(({ type }) => !/^(payment|card)/.test(type));
    const payloads = open.map(async (handle) => {
      const { value = {} } = await handle.call({ method: 'value' });
      return { type: handle.type, payload: value };
    });
    return detailsOf(await Promise.all(payloads));
  }

  async fetchUpdates(): Promise<{ error?: { message: string } }> {
    if (!this.clientSecret) return {};
    const { error } = await retrieveIntent(this.#context.key, this.clientSecret);
    return error ? { error: { message: error.message ?? error.type } } : {};
  }

  #mounted(): ElementHandle[] {
    return this.#handles
      .filter((handle) => handle.iframe)
      .sort((a, b) =>
        a.iframe!.compareDocumentPosition(b.iframe!) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
      );
  }

  #tellPayment(): void {
    this.find('payment')?.refresh({});
  }
}

/** react-stripe-js marks its components with the Element they stand for. */
function nameOfComponent(component: unknown): unknown {
  return (component as { __elementType?: unknown } | null)?.__elementType;
}
