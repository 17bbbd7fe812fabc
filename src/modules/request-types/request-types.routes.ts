import { page } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readSettingChoices } from '../service-settings/setting-choices.queries.js';
import { settingRoutes } from '../service-settings/setting-routes.js';
import { requestTypeUpkeep } from './request-types-upkeep.js';
import { findRequestType, listRequestTypes } from './request-types.queries.js';
import { NewRequestTypeForm, RequestTypeForm } from './request-types.schemas.js';
import { changeRequestType, createRequestType } from './request-types.service.js';
import {
  requestTypesPath,
  requestTypeSpecs,
  requestTypesView,
  requestTypeValues,
} from './request-types.views.js';
import { typeName } from './type-name.js';

export const requestTypeRoutes = [
  route.get(requestTypesPath, {
    permission: 'service-settings:manage',
    handler: async (context) =>
      page('service-settings/ordered', requestTypesView(context, await listRequestTypes(context))),
  }),
  ...settingRoutes({
    path: requestTypesPath,
    title: 'requestTypes.title',
    newTitle: 'requestTypes.new',
    upkeep: requestTypeUpkeep,
    newForm: NewRequestTypeForm,
    changeForm: RequestTypeForm,
    find: findRequestType,
    nameOf: ({ t }, type) => typeName(t, type),
    specs: async (context, type) => {
      const choices = await readSettingChoices(context, type ? [type.skillId] : []);
      return requestTypeSpecs(context, choices, type === undefined);
    },
    values: requestTypeValues,
    create: createRequestType,
    change: changeRequestType,
  }),
];
