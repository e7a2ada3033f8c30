import { maxPictureBytes, optionalLinePattern } from '@paydesk/contract/admin/product-limits';
import { ArrangePicturesRequest, ProductReply } from '@paydesk/contract/admin/products';
import { Id } from '@paydesk/contract/quote';
import Type from 'typebox';
import { addPicture, arrangePictures } from '../../../app/catalogue/add-picture.ts';
import { AppError } from '../../../app/errors.ts';
import type { App } from '../../../app/ports.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';

const common = { tags: ['operators'], security: [{ operator: [] }], params: Type.Object({ id: Id }) };
const AltQuery = Type.Object(
  {
    alt: Type.Optional(
      Type.String({ maxLength: 200, pattern: optionalLinePattern, description: 'What it shows, in words.' }),
    ),
  },
  { additionalProperties: false },
);

/** Pictures of products. An upload is the file itself as the body, and larger than any other request may be. */
export function adminPictureRoutes(server: Server, app: App): void {
  server.post(
    '/api/admin/products/:id/pictures/arrange',
    {
      schema: { ...common, body: ArrangePicturesRequest, response: { 200: ProductReply } },
      ...needs('manage'),
    },
    async (request) => ({
      product: await arrangePictures(app, request.params.id, request.body, operatorOf(request).name),
    }),
  );

  server.register(async (room) => uploadRoute(room, app));
}

/** In a room of its own, where bodies are pictures and nothing else. */
function uploadRoute(room: Server, app: App): void {
  room.removeAllContentTypeParsers();
  room.addContentTypeParser(
    /^image\//,
    { parseAs: 'buffer', bodyLimit: maxPictureBytes },
    async (_: unknown, body: Buffer) => body,
  );
  room.addContentTypeParser('*', async () => {
    throw new AppError('picture_type_not_taken');
  });
  room.post(
    '/api/admin/products/:id/pictures',
    {
      schema: {
        ...common,
        consumes: ['image/jpeg', 'image/png', 'image/webp', 'image/avif'],
        querystring: AltQuery,
        response: { 201: ProductReply },
      },
      bodyLimit: maxPictureBytes,
      ...needs('manage'),
    },
    async (request, reply) => {
      const bytes = request.body;
      if (!(bytes instanceof Uint8Array)) throw new AppError('picture_type_not_taken');
      const upload = { bytes, alt: request.query.alt, by: operatorOf(request).name };
      return reply.code(201).send({ product: await addPicture(app, request.params.id, upload) });
    },
  );
}
