import { portProblem } from '../ports.ts';
import type { StartSettings } from './settings.ts';

/** Throws where a port cannot be listened on, with the setting that changes it: told now, not after the build. */
export async function requireFreePorts({ port, sandbox }: StartSettings): Promise<void> {
  const wanted = [{ name: 'PORT', number: port, what: 'The shop' }];
  if (sandbox) wanted.push({ name: 'SANDBOX_PORT', number: sandbox.port, what: 'The sandbox' });
  for (const { name, number, what } of wanted) {
    const problem = await portProblem(number);
    if (!problem) continue;
    const why = problem === 'taken' ? 'another program uses it' : 'this user may not use it';
    const example = `${name}=${number < 65_535 ? number + 1 : number - 1} npm start`;
    throw new Error(
      `${what} cannot listen on port ${number}, because ${why}. Set ${name} to another number: ${example}`,
    );
  }
}
