import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { scenarios, triggerableEvents } from '../src/triggers/scenarios.ts';
import { trigger } from '../src/triggers/trigger.ts';
import { harness } from './support/harness.ts';

const source = fileURLToPath(new URL('../src/', import.meta.url));

describe('trigger', () => {
  it.each(triggerableEvents)('%s really happens', async (type) => {
    const { sandbox, stripe } = await harness();
    const { id, object } = await trigger(sandbox.url, type);
    const event = await stripe.events.retrieve(id);
    const told = event.data.object as { id?: string; object: string };
    expect([event.type, object]).toEqual([type, told.id ?? `the ${told.object}`]);
  });

  it('says what was refused', async () => {
    const { sandbox, call } = await harness();
    await call('POST', '/_sandbox/faults', 'match[path]=/v1/customers&fault=rate_limit');
    await expect(trigger(sandbox.url, 'customer.created')).rejects.toThrow(
      /^POST \/v1\/customers was answered 429\. Testmode request rate limit/,
    );
  });

  it('says that nobody answers', async () => {
    await expect(trigger('http://127.0.0.1:1', 'customer.created')).rejects.toThrow(/^No sandbox answers/);
  });

  it('knows every event type that the sandbox can emit', async () => {
    const known = await readFile(
      fileURLToPath(import.meta.resolve('stripe')).replace(
        /stripe\/(esm|cjs)\/.*$/,
        'stripe/esm/resources/WebhookEndpoints.d.ts',
      ),
      'utf8',
    );
    const types = new Set(/type EnabledEvent = (.*);/.exec(known)![1]!.match(/[a-z_0-9]+(\.[a-z_0-9]+)+/g));
    const emitted = new Set<string>();
    const files = await readdir(source, { recursive: true });
    for (const file of files.filter((name) => /^(?!browser|triggers).*\.ts$/.test(name))) {
      const text = await readFile(`${source}${file}`, 'utf8');
      for (const [, literal] of text.matchAll(/'([a-z_]+(?:\.[a-z_]+)+)'/g)) {
        if (types.has(literal!)) emitted.add(literal!);
      }
    }
    expect(emitted.size).toBeGreaterThan(20);
    expect([...emitted].filter((type) => scenarios[type] === undefined)).toEqual([]);
  });
});
