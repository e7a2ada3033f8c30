/** What a test may change while the sandbox runs (`POST /_sandbox/settings`). Times in milliseconds. */
export interface Settings {
  /** How many times faster than Stripe failed deliveries are repeated. */
  retry_scale: number;
  /** Between an event and the first attempt to deliver it. */
  webhook_delay_ms: number;
  /** Between a charge's success and `charge.updated` with its balance transaction; two seconds in Stripe's logs. */
  charge_updated_delay_ms: number;
  /** Until a bank answers for a delayed payment method; days in reality. */
  delayed_method_ms: number;
  /** Between a call's effect and its reply; meanwhile its idempotency key is in flight. */
  latency_ms: number;
}

export const defaultSettings: Settings = {
  retry_scale: 60,
  webhook_delay_ms: 0,
  charge_updated_delay_ms: 2_000,
  delayed_method_ms: 5_000,
  latency_ms: 0,
};
