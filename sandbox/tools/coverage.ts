/** Prints how much of what the official SDK can send the sandbox understands: `npm run coverage -w sandbox`. */
import { parseArgs } from 'node:util';
import { routes } from '../src/routes.ts';
import { type Coverage, coverage, withSdkCalls } from './parameters.ts';

const usage = `Usage: npm run coverage -w sandbox [-- --all --inside]

A line for each call of the SDK that the sandbox answers: how many of its typed parameters it understands, and which it
refuses as not built. --all also lists the calls that it does not answer, --inside what it does not know inside of
parameters that it understands (payment_method_options[klarna]).
`;

function main(): void {
  const { values } = parseArgs({
    options: { all: { type: 'boolean' }, inside: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const all = withSdkCalls((calls) => coverage(routes, calls));
  const answered = all.filter((call) => call.route !== null);
  const table = answered.map(row);
  const width = Math.max(...table.map(([name]) => name.length));
  for (const [name, share, rest] of table) {
    process.stdout.write(`${`${name.padEnd(width)}  ${share.padStart(7)}  ${rest}`.trimEnd()}\n`);
  }
  if (values.inside) {
    for (const each of answered) {
      for (const name of each.unknownInside) process.stdout.write(`${nameOf(each)}  ${name}\n`);
    }
  }
  if (values.all) {
    for (const call of all.filter(({ route }) => route === null))
      process.stdout.write(`${nameOf(call)}  not built\n`);
  }
  process.stdout.write(`${summary(answered, all.length)}\n`);
}

function row(each: Coverage): [string, string, string] {
  const refused = each.refused.length > 0 ? `not built: ${each.refused.join(', ')}` : '';
  const unknown = each.unknown.length > 0 ? `UNKNOWN: ${each.unknown.join(', ')}` : '';
  const share = `${each.understood.length}/${each.call.parameters.length}`;
  return [nameOf(each), share, [unknown, refused].filter((text) => text !== '').join('; ')];
}

function nameOf({ call: { resource, name } }: Coverage): string {
  return `${resource.replaceAll('/', '.')}.${name}`;
}

function summary(answered: Coverage[], calls: number): string {
  const count = (pick: (each: Coverage) => unknown[]): number =>
    answered.reduce((sum, call) => sum + pick(call).length, 0);
  const typed = count(({ call }) => call.parameters);
  const understood = count((call) => call.understood);
  return (
    `${answered.length} of ${calls} calls of the SDK; of their ${typed} typed parameters ${understood} understood ` +
    `(${Math.round((100 * understood) / typed)} %), ${count((call) => call.refused)} refused as not built, ` +
    `${count((call) => call.unknown)} unknown, ${count((call) => call.unknownInside)} unknown inside of others`
  );
}

main();
