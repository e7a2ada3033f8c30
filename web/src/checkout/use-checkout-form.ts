import { addressRules } from '@paydesk/contract/address';
import { useCallback, useEffect, useState } from 'react';
import { afterPress } from '../parts/after-press.ts';
import {
  type CheckoutValues,
  checkValues,
  emptyValues,
  type FieldName,
  type Problems,
  type TextFieldName,
} from './checkout-values.ts';

export type CheckoutForm = {
  values: CheckoutValues;
  /** The problems that are shown now; others may exist and wait for the submit. */
  problems: Problems;
  set: (field: TextFieldName, value: string) => void;
  /** Several at once, as a saved address has them. */
  fill: (values: Partial<CheckoutValues>) => void;
  setBillingSame: (same: boolean) => void;
  /** Leaving a field judges it only where that helps: e-mail and postal code, and only if something was entered. */
  leave: (field: TextFieldName) => void;
  show: (problems: Problems) => void;
};

const judgedOnLeaving: readonly TextFieldName[] = ['email', 'postal_code', 'billing_postal_code'];
const draftKey = 'paydesk.checkout-draft';

/**
 * The fields of the checkout. What was typed survives a reload and the way to Stripe's page and back, and goes before what is
 * known of the visitor.
 */
export function useCheckoutForm(
  country: string,
  known: Partial<CheckoutValues>,
  { keepsDraft = true }: { keepsDraft?: boolean } = {},
): CheckoutForm {
  const [values, setValues] = useState(() => ({ ...emptyValues(country), ...known }));
  const [problems, setProblems] = useState<Problems>({});

  useEffect(() => {
    if (keepsDraft) setValues((before) => ({ ...before, ...readDraft(before) }));
  }, [keepsDraft]);

  const change = useCallback(
    (part: Partial<CheckoutValues>) => {
      setValues((before) => {
        const next = { ...withoutLostRegion({ ...before, ...part }, before), ...stateOf(part) };
        if (keepsDraft) saveDraft(next);
        // A problem that is shown goes away the moment it is fixed; new ones wait for the submit.
        setProblems((shown) => keep(checkValues(next), Object.keys(shown) as FieldName[]));
        return next;
      });
    },
    [keepsDraft],
  );

  function leave(field: TextFieldName) {
    if (!judgedOnLeaving.includes(field) || values[field].trim() === '') return;
    const problem = checkValues(values)[field];
    if (problem) afterPress(() => setProblems((shown) => ({ ...shown, [field]: problem })));
  }

  return {
    values,
    problems,
    set: (field, value) => change({ [field]: value }),
    fill: change,
    setBillingSame: (same) => change({ billing_same: same }),
    leave,
    show: setProblems,
  };
}

function keep(problems: Problems, fields: readonly FieldName[]): Problems {
  return Object.fromEntries(
    Object.entries(problems).filter(([field]) => fields.includes(field as FieldName)),
  );
}

/** A state of one country means nothing in another that has a list of its own. */
function withoutLostRegion(next: CheckoutValues, before: CheckoutValues): CheckoutValues {
  for (const prefix of ['', 'billing_'] as const) {
    const country = next[`${prefix}country`];
    if (country === before[`${prefix}country`]) continue;
    const lists = [country, before[`${prefix}country`]].map(
      (code) => addressRules(code).fields.state.options,
    );
    if (lists[0] || lists[1]) next[`${prefix}state`] = '';
  }
  return next;
}

/** Whoever names a country and its state together means both. */
function stateOf({ country, state }: Partial<CheckoutValues>): Partial<CheckoutValues> {
  return country !== undefined && state !== undefined ? { state } : {};
}

function readDraft(known: CheckoutValues): Partial<CheckoutValues> {
  try {
    const draft = JSON.parse(sessionStorage.getItem(draftKey) ?? '{}') as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(draft).filter(([field, value]) => typeof value === typeof known[field as FieldName]),
    );
  } catch {
    return {};
  }
}

function saveDraft(values: CheckoutValues): void {
  try {
    sessionStorage.setItem(draftKey, JSON.stringify(values));
  } catch {
    // Then a reload starts with empty fields.
  }
}
