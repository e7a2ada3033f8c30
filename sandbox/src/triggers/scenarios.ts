/** Which calls let each event happen. */
import type { TriggerApi } from './api.ts';
import { catalogueScenarios } from './catalogue-scenarios.ts';
import { checkoutScenarios } from './checkout-scenarios.ts';
import { customerScenarios } from './customer-scenarios.ts';
import { moneyScenarios } from './money-scenarios.ts';
import { paymentScenarios } from './payment-scenarios.ts';

export type Scenario = (api: TriggerApi) => Promise<unknown>;

export const scenarios: Readonly<Record<string, Scenario>> = {
  ...paymentScenarios,
  ...moneyScenarios,
  ...checkoutScenarios,
  ...customerScenarios,
  ...catalogueScenarios,
};

export const triggerableEvents: readonly string[] = Object.keys(scenarios).sort();
