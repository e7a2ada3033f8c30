/** What one attempt to deliver an event sends, also when a fault rule spoils it. */
import type { WebhookFault } from '../faults/faults.ts';
import type { EndpointSecret, EventRecord } from '../objects.ts';
import { renderEvent } from './events.ts';
import { signatureHeader, signingSecrets, signingTime } from './signature.ts';

/** Receivers take signatures of the last five minutes. */
const TOO_OLD_SECONDS = 3_600;

export interface SignedEvent {
  body: string;
  signature: string;
}

/**
 * @param now milliseconds since 1970
 * @param version the endpoint's API version
 */
export function signEvent(
  event: EventRecord,
  version: string,
  secret: EndpointSecret,
  now: number,
  fault: WebhookFault | null,
): SignedEvent {
  const body = renderEvent(event, event.endpoints, version);
  const secrets = signingSecrets(secret, now);
  const time = signingTime(now);
  switch (fault) {
    case 'corrupt':
      return { body: corrupted(body), signature: signatureHeader(secrets, time, body) };
    case 'bad_signature':
      return { body, signature: signatureHeader(['whsec_of_somebody_else'], time, body) };
    case 'old_timestamp':
      return { body, signature: signatureHeader(secrets, time - TOO_OLD_SECONDS, body) };
    default:
      return { body, signature: signatureHeader(secrets, time, body) };
  }
}

/** One letter of the event's type, which ends every body and is plain ASCII, becomes another. */
function corrupted(body: string): string {
  const at = body.length - 3;
  return `${body.slice(0, at)}${body[at] === 'x' ? 'y' : 'x'}${body.slice(at + 1)}`;
}
