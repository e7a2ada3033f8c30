import { type ApiResult, callApi, idOfClientSecret, type StripeError } from '../../shared/api.ts';
import type { Options } from '../../shared/messages.ts';
import type { ElementHandle } from '../element.ts';
import { sandboxOrigin } from '../origin.ts';
import { type Draft, describeSession } from './session.ts';

export type Change = { type: 'success'; session: Options } | { type: 'error'; error: Options };

/** A Checkout Session on the merchant's page: what the server knows, and what the customer has entered so far. */
export class CheckoutState {
  readonly draft: Draft;
  readonly #key: string;
  readonly #listeners: ((session: Options) => unknown)[] = [];
  readonly #complete = new Map<ElementHandle, boolean>();
  #page: Options | null = null;
  #told = '';

  constructor(key: string, defaults: Options) {
    this.#key = key;
    this.draft = {
      email: defaults.email ?? null,
      phoneNumber: defaults.phoneNumber ?? null,
      individualName: null,
      businessName: null,
      billingAddress: defaults.billingAddress ?? null,
      shippingAddress: defaults.shippingAddress ?? null,
    };
  }

  /** The session as the server last told it. */
  get page(): Options {
    return this.#page ?? {};
  }

  /** Loads the session that a client secret names; answers with the reason where there is none to work with. */
  async open(clientSecret: unknown): Promise<string | null> {
    const id = idOfClientSecret(clientSecret);
    if (!id?.startsWith('cs_')) return 'The client secret should have the form cs_…_secret_….';
    const { value, error } = await this.#call('GET', `/v1/payment_pages/${id}`, {});
    if (error) return error.message ?? error.type;
    if (
      value.client_secret !== null &&
      value.client_secret !== undefined &&
      value.client_secret !== clientSecret
    )
      return 'The client secret is not that of this Checkout Session.';
    if (value.ui_mode !== 'elements')
      return `This Checkout Session has the ui_mode ${value.ui_mode}, not elements.`;
    this.#page = value;
    this.#told = JSON.stringify(this.describe());
    return null;
  }

  describe(): Options {
    const present = [...this.#complete].filter(([handle]) => !handle.isDestroyed);
    const elementsComplete = present.every(([, complete]) => complete);
    return describeSession(this.page, this.draft, elementsComplete);
  }

  /** Takes what an Element says about itself: the payload of its `change` event. */
  hear(handle: ElementHandle, payload: Options): void {
    this.#complete.set(handle, payload.complete === true);
    const { value = {}, complete, elementMode } = payload;
    if (handle.type === 'contactDetails') this.enter({ email: complete ? value.email : null });
    else if (handle.type !== 'address') this.enter({});
    else {
      const contact = complete ? { name: value.name, address: value.address } : null;
      const phone = value.phone ? { phoneNumber: value.phone } : {};
      const isShipping = elementMode === 'shipping';
      this.enter({ ...phone, ...(isShipping ? { shippingAddress: contact } : { billingAddress: contact }) });
    }
  }

  onChange(listener: (session: Options) => unknown): void {
    this.#listeners.push(listener);
  }

  /** Takes what was entered, and tells the merchant where that made a difference. */
  enter(changes: Partial<Draft>): void {
    Object.assign(this.draft, changes);
    if (this.#page && this.#told !== JSON.stringify(this.describe())) this.#tell();
  }

  async refresh(): Promise<Change> {
    return this.#take(await this.#call('GET', `/v1/payment_pages/${this.page.id}`, {}));
  }

  /** Changes the session on the server. */
  async change(params: Options): Promise<Change & { cause?: StripeError }> {
    return this.#take(await this.#call('POST', `/v1/payment_pages/${this.page.id}`, params));
  }

  async confirm(params: Options): Promise<Change & { cause?: StripeError }> {
    return this.#take(await this.#call('POST', `/v1/payment_pages/${this.page.id}/confirm`, params));
  }

  success(): Change & { type: 'success' } {
    return { type: 'success', session: this.describe() };
  }

  #take({ value, error }: ApiResult): Change & { cause?: StripeError } {
    if (error) return { ...failure(error.message ?? error.type), cause: error };
    this.#page = value;
    this.#tell();
    return this.success();
  }

  #tell(): void {
    const session = this.describe();
    this.#told = JSON.stringify(session);
    for (const listener of this.#listeners) listener(session);
  }

  #call(method: 'GET' | 'POST', path: string, params: Options): Promise<ApiResult> {
    return callApi({ origin: sandboxOrigin, key: this.#key, method, path, params });
  }
}

/** Most refusals have no code; `getSession()` and the other answers never throw for what a customer did. */
export function failure(
  message: string,
  code: string | null = null,
  more: Options = {},
): Change & { type: 'error' } {
  return { type: 'error', error: { message, code, ...more } };
}
