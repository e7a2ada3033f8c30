/** The sandbox's two doors without a socket, for its own pages: the same checks and effects as over HTTP. */
import { type ApiRequest, answerCall } from './api.ts';
import { pageSecretKey } from './browser/keys.ts';
import type { SandboxApi, SandboxControl } from './browser/types.ts';
import { control } from './control.ts';
import { ApiError } from './wire/errors.ts';
import { CURRENT_VERSION } from './wire/versions.ts';
import type { World } from './world.ts';

export function apiInProcess(world: World): SandboxApi {
  return (method, path, form, key) =>
    new Promise((resolve) => {
      const [bare = '', query = ''] = path.split('?');
      const text = form?.toString() ?? '';
      const request: ApiRequest = {
        method,
        path: bare,
        query: method === 'POST' || text === '' ? query : query === '' ? text : `${query}&${text}`,
        body: method === 'POST' ? text : '',
        authorization: `Bearer ${key}`,
        account: undefined,
        origin: undefined,
        version: CURRENT_VERSION,
        idempotencyKey: undefined,
        isOwnLook: method === 'GET' && key === pageSecretKey,
      };
      answerCall(world, request, (reply) => resolve({ status: reply.status, body: JSON.parse(reply.body) }));
    });
}

export function controlInProcess(world: World): SandboxControl {
  return async (method, path, form) => {
    const [bare = '', query = ''] = path.split('?');
    const body = form?.toString() ?? '';
    try {
      const answer = await control(world, { method, path: bare, query, body, contentType: undefined });
      return { status: 200, body: JSON.parse(answer) };
    } catch (error) {
      if (error instanceof ApiError) return { status: error.status, body: { error: error.body } };
      throw error;
    }
  };
}
