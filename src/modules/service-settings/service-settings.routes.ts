import { page } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { settingsPath } from './setting-forms.js';
import { serviceSettingsView } from './service-settings.views.js';

export const serviceSettingRoutes = [
  route.get(settingsPath, {
    permission: 'service-settings:manage',
    handler: (context) => page('service-settings/index', serviceSettingsView(context)),
  }),
];
