import { defaultSettings, type Settings } from '../settings.ts';
import { invalidRequest } from '../wire/errors.ts';
import type { FormHash } from '../wire/form.ts';
import type { World } from '../world.ts';

/** All settings after the change. @throws ApiError 400 */
export function changeSettings(world: World, form: FormHash): object {
  const changes: Partial<Settings> = {};
  for (const name in form) {
    if (!Object.hasOwn(defaultSettings, name)) {
      throw invalidRequest(`Received unknown parameter: ${name}`, 'parameter_unknown', name);
    }
    const value = Number(form[name]);
    const least = name === 'retry_scale' ? 1 : 0;
    if (form[name] === '' || !Number.isFinite(value) || value < least) {
      throw invalidRequest(`${name} must be a number of at least ${least}.`, undefined, name);
    }
    changes[name as keyof Settings] = value;
  }
  return Object.assign(world.settings, changes);
}
