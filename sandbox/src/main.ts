#!/usr/bin/env node
/** The command line of the sandbox. */
import { HELP, readOptions, readTrigger, TRIGGER_HELP, UsageError } from './options.ts';
import { startSandbox } from './server.ts';
import { triggerableEvents } from './triggers/scenarios.ts';
import { trigger } from './triggers/trigger.ts';

async function main([command, ...rest]: string[]): Promise<void> {
  if (command === 'trigger') await runTrigger(rest);
  else await runSandbox(process.argv.slice(2));
}

async function runSandbox(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === 'help') {
    console.log(HELP);
    return;
  }
  const sandbox = await startSandbox(options);
  const target = options.webhook === undefined ? 'no webhook endpoint' : `webhooks to ${options.webhook.url}`;
  console.log(`Sandbox (a local Stripe) listening on ${sandbox.url}, ${target}.`);
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

async function runTrigger(args: readonly string[]): Promise<void> {
  const options = readTrigger(args);
  if (options === 'help') {
    console.log(`${TRIGGER_HELP}${triggerableEvents.join(', ')}`);
    return;
  }
  if (!triggerableEvents.includes(options.event)) {
    throw new UsageError(
      `The sandbox cannot trigger "${options.event}", only these: ${triggerableEvents.join(', ')}.`,
    );
  }
  const { id, object } = await trigger(`http://127.0.0.1:${options.port}`, options.event);
  console.log(`${options.event}: ${id}, of ${object}`);
}

main(process.argv.slice(2)).catch((error: NodeJS.ErrnoException & { port?: number }) => {
  const isTaken = error.code === 'EADDRINUSE';
  console.error(isTaken ? `Port ${error.port} is taken. Choose another with --port.` : error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
