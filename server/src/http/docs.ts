import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { Server } from './types.ts';

/** OpenAPI made from the same schemas that validate the requests: /api/docs to read, /api/docs/json for programs. */
export async function documentApi(server: Server): Promise<void> {
  await server.register(swagger, {
    openapi: {
      info: {
        title: 'Paydesk',
        version: '1',
        description:
          'Catalogue, orders and payments. Money is in minor units. POSTs that create honour Idempotency-Key (20 to 200 ' +
          'printable characters, kept for ever): the same key and body give the same reply, another body gives 422.',
      },
      components: {
        securitySchemes: {
          order: { type: 'http', scheme: 'bearer', description: "An order's accessToken." },
          operator: { type: 'http', scheme: 'bearer', description: 'The OPERATOR_TOKEN of the shop.' },
        },
      },
    },
  });
  await server.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'list', deepLinking: false },
  });
}
