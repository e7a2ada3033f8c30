#!/usr/bin/env node
/** The command line of the sandbox. */
import { HELP, readOptions } from './options.ts';
import { startSandbox } from './server.ts';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
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

main().catch((error: NodeJS.ErrnoException & { port?: number }) => {
  const isTaken = error.code === 'EADDRINUSE';
  console.error(isTaken ? `Port ${error.port} is taken. Choose another with --port.` : error.message);
  process.exitCode = 1;
});
