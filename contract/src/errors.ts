import Type, { type Static } from 'typebox';
import { operatorErrorCodes } from './admin/errors.ts';
import { passwordLength } from './password.ts';

/**
 * Every error the API can answer with: its HTTP status, whether the same request can succeed later without being
 * changed, and the sentence a shopper may read. Routes and use cases may only use codes from this list.
 */
export const errorCodes = {
  ...operatorErrorCodes,
  invalid_request: { status: 400, retry: false, message: 'The request does not have the expected shape.' },
  invalid_json: { status: 400, retry: false, message: 'The request body is not valid JSON.' },
  idempotency_key_required: {
    status: 400,
    retry: false,
    message: 'Send an Idempotency-Key header with this request.',
  },
  invalid_idempotency_key: {
    status: 400,
    retry: false,
    message: 'An Idempotency-Key has 20 to 200 printable characters.',
  },
  invalid_address: { status: 400, retry: false, message: 'The address is not complete for this country.' },
  country_not_served: { status: 400, retry: false, message: 'We do not deliver to this country.' },
  unknown_payment_method: { status: 400, retry: false, message: 'This way of paying is not offered.' },
  invalid_signature: { status: 400, retry: false, message: 'The signature does not match.' },
  weak_password: {
    status: 400,
    retry: false,
    message: `A password has ${passwordLength.least} to ${passwordLength.most} characters.`,
  },
  guessable_password: {
    status: 400,
    retry: false,
    message:
      'This password is easy to guess: it is common, or made of names. A few words that do not belong together are better.',
  },
  link_not_valid: {
    status: 400,
    retry: false,
    message: 'This link or code is not valid any more. Ask for a new one.',
  },
  code_used: {
    status: 400,
    retry: false,
    message: 'This code was used already. Sign in again, with the next one that your app shows.',
  },
  invalid_credentials: {
    status: 401,
    retry: false,
    message: 'The e-mail address or the password is not right.',
  },
  sign_in_over: {
    status: 401,
    retry: false,
    message: 'That took too long, or too many codes were wrong. Sign in again.',
  },
  sign_in_required: { status: 401, retry: false, message: 'Sign in first.' },
  email_not_verified: {
    status: 403,
    retry: false,
    message: 'Confirm your e-mail address first: we have sent you a link.',
  },
  sign_in_again: { status: 403, retry: false, message: 'Sign in again to do this.' },
  origin_not_allowed: { status: 403, retry: false, message: 'This request came from another site.' },
  not_found: { status: 404, retry: false, message: 'There is nothing here.' },
  order_not_found: { status: 404, retry: false, message: 'We cannot find this order.' },
  session_not_found: { status: 404, retry: false, message: 'You are not signed in there any more.' },
  address_not_found: { status: 404, retry: false, message: 'This address is not in your account.' },
  product_not_found: {
    status: 404,
    retry: false,
    message: 'This product does not exist or is no longer sold.',
  },
  event_not_found: { status: 404, retry: false, message: 'There is no such event.' },
  effect_not_found: { status: 404, retry: false, message: 'There is no such effect.' },
  account_exists: {
    status: 409,
    retry: false,
    message: 'There is an account with this address. Sign in to it, and open the link again.',
  },
  too_many_addresses: {
    status: 409,
    retry: false,
    message: 'An account keeps 20 addresses. Remove one first.',
  },
  event_done: { status: 409, retry: false, message: 'This event is done. There is nothing left to give up.' },
  event_in_work: { status: 409, retry: true, message: 'This event is being dealt with just now.' },
  effect_done: { status: 409, retry: false, message: 'This is done already.' },
  effect_in_work: { status: 409, retry: true, message: 'This is being done just now.' },
  effect_must_happen: { status: 409, retry: false, message: 'This cannot be given up by hand.' },
  idempotency_key_in_use: { status: 409, retry: true, message: 'The same request is still being worked on.' },
  out_of_stock: { status: 409, retry: false, message: 'There is not enough in stock.' },
  discount_not_applicable: {
    status: 409,
    retry: false,
    message: 'This discount code cannot be used for this order.',
  },
  amount_too_small: {
    status: 409,
    retry: false,
    message: 'The total is below the smallest amount a card can pay.',
  },
  amount_too_large: {
    status: 409,
    retry: false,
    message: 'The total is above the largest amount a card can pay.',
  },
  order_not_payable: { status: 409, retry: false, message: 'This order can no longer be paid.' },
  order_already_paid: { status: 409, retry: false, message: 'This order is already paid.' },
  order_not_cancelable: { status: 409, retry: false, message: 'This order can no longer be cancelled.' },
  payment_amount_too_large: { status: 409, retry: false, message: 'This is more than is still due.' },
  payment_amount_too_small: {
    status: 409,
    retry: false,
    message: 'This part, or what it leaves, is below the smallest amount that can be paid.',
  },
  invoice_not_ready: { status: 409, retry: false, message: 'There is an invoice once the order is paid.' },
  payment_in_progress: {
    status: 409,
    retry: true,
    message: 'A payment for this order is still being processed.',
  },
  body_too_large: { status: 413, retry: false, message: 'The request is too large.' },
  unsupported_media_type: {
    status: 415,
    retry: false,
    message: 'Send the request body as application/json.',
  },
  idempotency_key_reused: {
    status: 422,
    retry: false,
    message: 'This Idempotency-Key was already used for a different request.',
  },
  too_many_requests: { status: 429, retry: true, message: 'Too many requests. Wait a moment and try again.' },
  internal_error: {
    status: 500,
    retry: true,
    message: 'Something went wrong on our side. Nothing was charged by this request.',
  },
  payment_provider_refused: {
    status: 502,
    retry: false,
    message: 'The payment provider did not accept this payment.',
  },
  payment_provider_unavailable: {
    status: 503,
    retry: true,
    message: 'The payment provider cannot be reached just now. Try again in a moment.',
  },
  database_unavailable: {
    status: 503,
    retry: true,
    message: 'The shop cannot store anything just now. Try again in a moment.',
  },
} as const satisfies Record<string, { status: number; retry: boolean; message: string }>;

export type ErrorCode = keyof typeof errorCodes;

export const ErrorBody = Type.Object(
  {
    error: Type.Object(
      {
        code: Type.String({ description: 'One of a closed list; see docs/operating.md.' }),
        message: Type.String({ description: 'A sentence a person can act on.' }),
        requestId: Type.String(),
        details: Type.Optional(Type.Unknown({ description: 'What exactly was wrong, where that helps.' })),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type ErrorBody = Static<typeof ErrorBody>;

/** One field of a request that was refused: `path` is a JSON pointer into the body, such as `/contact/email`. */
export type FieldProblem = { path: string; message: string };
