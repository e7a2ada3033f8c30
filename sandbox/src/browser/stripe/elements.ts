import { callApi, idOfClientSecret, type StripeError } from '../shared/api.ts';
import type { ElementType, Options } from '../shared/messages.ts';
import { randomId } from '../shared/random-id.ts';
import { type ElementContext, ElementHandle, handleOf, type StripeElement } from './element.ts';
import { createEmitter, type Emitter, type Listener } from './emitter.ts';
import { IntegrationError, requireIntegration } from './errors.ts';
import { sandboxOrigin } from './origin.ts';

/** The object a merchant's page holds. */
export interface StripeElements {
  create(type: string, options?: Options): StripeElement;
  getElement(type: unknown): StripeElement | null;
  update(options: Options): Promise<void>;
  submit(): Promise<{ selectedPaymentMethod: string } | { error: StripeError }>;
  fetchUpdates(): Promise<{ error?: { message: string } }>;
  on(event: string, listener: Listener): void;
}

const knownTypes: ElementType[] = ['payment', 'card', 'cardNumber', 'cardExpiry', 'cardCvc'];

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
    create: (type, elementOptions = {}) => group.create(type, elementOptions).element,
    getElement: (type) =>
      group.find(typeof type === 'string' ? type : nameOfComponent(type))?.element ?? null,
    update: async (changes) => group.update(changes),
    submit: async () => group.submit(),
    fetchUpdates: async () => group.fetchUpdates(),
    on: (event, listener) => group.emitter.on(event, listener),
  };
  groups.set(elements, group);
  return elements;
}

/** The Elements of one `elements()`, as the rest of stripe.js sees them. */
export class ElementsGroup {
  readonly clientSecret: string | null;
  readonly emitter: Emitter = createEmitter();
  /** True after submit() found everything complete and nothing was changed since. */
  isSubmitted = false;
  readonly #context: ElementContext;
  readonly #handles: ElementHandle[] = [];
  #options: Options;

  constructor(key: string, options: Options) {
    this.clientSecret = options.clientSecret ?? null;
    this.#options = options;
    this.#context = {
      key,
      clientSecret: this.clientSecret,
      group: randomId(),
      appearance: () => this.#options.appearance ?? {},
      destroyed: (handle) => void this.#handles.splice(this.#handles.indexOf(handle), 1),
      changed: () => {
        this.isSubmitted = false;
      },
    };
  }

  find(type: unknown): ElementHandle | undefined {
    return this.#handles.find((handle) => handle.type === type);
  }

  create(type: string, options: Options): ElementHandle {
    requireIntegration(
      isKnown(type),
      `A valid Element name must be provided. The sandbox has: ${knownTypes}.`,
    );
    if (this.find(type)) throw new IntegrationError(`Can only create one Element of type ${type}.`);
    if (type === 'payment' && !this.clientSecret && !this.#options.mode) {
      throw new IntegrationError(
        'elements.create(payment) needs elements() to get a clientSecret or a mode.',
      );
    }
    const handle = new ElementHandle(type, options, this.#context);
    this.#handles.push(handle);
    groupOfHandle.set(handle, this);
    return handle;
  }

  update(changes: Options): void {
    requireIntegration(
      !('clientSecret' in changes),
      'clientSecret cannot be updated. Create a new elements().',
    );
    this.#options = { ...this.#options, ...changes };
    if (changes.appearance) for (const handle of this.#handles) handle.setAppearance(changes.appearance);
    this.emitter.emit('update-end', undefined);
  }

  async submit(): Promise<{ selectedPaymentMethod: string } | { error: StripeError }> {
    const handle = this.find('payment');
    requireIntegration(handle, 'elements.submit() needs a mounted Payment Element.');
    const { error } = await handle.call({ method: 'validate' });
    if (error) return { error };
    this.isSubmitted = true;
    return { selectedPaymentMethod: 'card' };
  }

  async fetchUpdates(): Promise<{ error?: { message: string } }> {
    if (!this.clientSecret) return {};
    const { error } = await callApi({
      origin: sandboxOrigin,
      key: this.#context.key,
      method: 'GET',
      path: `/v1/payment_intents/${idOfClientSecret(this.clientSecret)}`,
      params: { client_secret: this.clientSecret },
    });
    return error ? { error: { message: error.message ?? error.type } } : {};
  }
}

function checkOptions({ clientSecret, mode, amount, currency }: Options): void {
  requireIntegration(
    !(clientSecret && mode),
    'elements() takes either a clientSecret or a mode with amount and currency, not both.',
  );
  requireIntegration(
    clientSecret === undefined || idOfClientSecret(clientSecret),
    'Invalid value for elements(): clientSecret should have the form id_secret_secret.',
  );
  if (mode === undefined) return;
  requireIntegration(
    ['payment', 'setup', 'subscription'].includes(mode),
    'Invalid value for elements(): mode should be one of payment, setup or subscription.',
  );
  requireIntegration(typeof currency === 'string', 'elements() with a mode needs a currency.');
  requireIntegration(
    mode === 'setup' || Number.isInteger(amount),
    'elements() with a mode needs an amount in minor units.',
  );
}

function isKnown(type: string): type is ElementType {
  return (knownTypes as string[]).includes(type);
}

/** react-stripe-js marks its components with the Element they stand for. */
function nameOfComponent(component: unknown): unknown {
  return (component as { __elementType?: unknown } | null)?.__elementType;
}
