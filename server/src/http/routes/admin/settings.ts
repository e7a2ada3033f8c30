import {
  CountryChange,
  CountryCodeParam,
  PaymentsChange,
  ShopChange,
  ShopSettings,
  VersionQuery,
} from '@paydesk/contract/admin/settings';
import type { App } from '../../../app/ports.ts';
import { presentSettings } from '../../../app/present-settings.ts';
import { removeCountry, saveCountry, savePayments, saveShop } from '../../../app/save-settings.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';

const common = { tags: ['operators'], security: [{ operator: [] }], response: { 200: ShopSettings } };

/** What the owner sets while the shop runs. Each change answers all settings as they are then. */
export function adminSettingsRoutes(server: Server, app: App): void {
  server.get('/api/admin/settings', { schema: common, ...needs('view') }, () => presentSettings(app));

  server.put(
    '/api/admin/settings/shop',
    { schema: { ...common, body: ShopChange }, ...needs('own') },
    async (request) => {
      await saveShop(app, operatorOf(request).name, request.body);
      return await presentSettings(app);
    },
  );

  server.put(
    '/api/admin/settings/payments',
    { schema: { ...common, body: PaymentsChange }, ...needs('own') },
    async (request) => {
      await savePayments(app, operatorOf(request).name, request.body);
      return await presentSettings(app);
    },
  );

  server.put(
    '/api/admin/settings/countries/:code',
    { schema: { ...common, params: CountryCodeParam, body: CountryChange }, ...needs('own') },
    async (request) => {
      const { code } = request.params;
      await saveCountry(app, operatorOf(request).name, { code, ...request.body });
      return await presentSettings(app);
    },
  );

  server.delete(
    '/api/admin/settings/countries/:code',
    { schema: { ...common, params: CountryCodeParam, querystring: VersionQuery }, ...needs('own') },
    async (request) => {
      const { code } = request.params;
      await removeCountry(app, operatorOf(request).name, { code, ...request.query });
      return await presentSettings(app);
    },
  );
}
