import { pageSecretKey } from '../keys.ts';
import type { SandboxApi } from '../types.ts';

// biome-ignore lint/suspicious/noExplicitAny: the API's own objects, read for display only.
export type ApiObject = any;

/** An object of the API, or null when there is none by this path. */
export async function readObject(api: SandboxApi, path: string): Promise<ApiObject | null> {
  const { status, body } = await api('GET', path, null, pageSecretKey);
  return status === 200 ? body : null;
}

export async function readList(api: SandboxApi, path: string): Promise<ApiObject[]> {
  return (await readObject(api, path))?.data ?? [];
}
