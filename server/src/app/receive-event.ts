import { noteDelivery } from '../db/inbox.ts';
import { AppError } from './errors.ts';
import { keepEvent, type Received } from './keep-event.ts';
import type { App, Notification } from './ports.ts';

/**
 * W1 at the door that the provider knocks at: verifies a notification and keeps it. When this returns, the event is on disk
 * and may be acknowledged; when it throws, it must not be.
 *
 * @throws AppError invalid_signature before anything was read from or written to the database
 */
export async function receiveEvent(
  app: App,
  providerName: string,
  notification: Notification,
): Promise<Received> {
  const provider = app.providers.get(providerName);
  if (!provider) throw new AppError('not_found');
  const event = await provider.readEvent(notification, app.clock.now());
  const payload = provider.withoutSecrets(notification.body.toString('utf8'));
  const received = await keepEvent(app, event, { provider: providerName, source: 'hook', payload });
  // Fetched by us and then delivered after all: so the provider does reach us, only more slowly than we asked.
  if (received.result === 'duplicate') await app.database.transaction((tx) => noteDelivery(tx, event.id));
  return received;
}
