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
  /** Until the network tells what became of a refund: its reference, its success or its failure; seconds in test mode. */
  refund_delay_ms: number;
  /** Until the bank opens a dispute or a warning, and until it decides about evidence. */
  dispute_delay_ms: number;
  /** Between a call's effect and its reply, of the machine's time; meanwhile its idempotency key is in flight. */
  latency_ms: number;
  /** An endpoint whose deliveries have failed for so long is disabled; 0 never does it. */
  endpoint_disabled_after_ms: number;
}

export const defaultSettings: Settings = {
  retry_scale: 60,
  webhook_delay_ms: 0,
  charge_updated_delay_ms: 2_000,
  delayed_method_ms: 5_000,
  refund_delay_ms: 3_000,
  // At once: the CLI's own fixtures look for the dispute right after the charge, and look only once.
  dispute_delay_ms: 0,
  latency_ms: 0,
  // Stripe says "multiple days" (the exact time is not verified); a delivery is given up after 71.6 hours.
  endpoint_disabled_after_ms: 70 * 3_600_000,
};
