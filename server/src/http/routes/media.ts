import Type from 'typebox';
import { AppError } from '../../app/errors.ts';
import type { App } from '../../app/ports.ts';
import { findPicture } from '../../db/pictures.ts';
import type { Server } from '../types.ts';

const params = Type.Object({ file: Type.String({ pattern: '^[0-9a-f]{32}-(400|800|1200)\\.(avif|webp)$' }) });

// A file's name is made of what is in it, so it can be kept for ever; and it is a picture whatever a browser makes of it.
const headers = {
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'cross-origin',
};

/** Pictures that operators uploaded. They lie in the database, where every process finds them. */
export function mediaRoutes(server: Server, app: App): void {
  server.get('/media/:file', { schema: { hide: true, params } }, async (request, reply) => {
    const { file } = request.params;
    const etag = `"${file}"`;
    if (request.headers['if-none-match'] === etag)
      return reply
        .code(304)
        .headers({ ...headers, etag })
        .send();
    const [hash, box, format] = file.split(/[-.]/) as [string, string, string];
    const content = await findPicture(app.database.read, { hash, box: Number(box), format });
    if (!content) throw new AppError('not_found');
    return reply
      .headers({ ...headers, etag })
      .type(`image/${format}`)
      .send(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  });
}
