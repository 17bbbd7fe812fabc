import { page } from '../../core/reply.js';
import { route } from '../../core/route.js';
import { readSettingChoices } from '../service-settings/setting-choices.queries.js';
import { settingRoutes } from '../service-settings/setting-routes.js';
import { requestCategoryUpkeep } from './request-categories-upkeep.js';
import {
  findRequestCategory,
  listRequestCategories,
  readRequestCategories,
} from './request-categories.queries.js';
import { NewRequestCategoryForm, RequestCategoryForm } from './request-categories.schemas.js';
import { changeRequestCategory, createRequestCategory } from './request-categories.service.js';
import {
  requestCategoriesPath,
  requestCategoriesView,
  requestCategorySpecs,
  requestCategoryValues,
} from './request-categories.views.js';

export const requestCategoryRoutes = [
  route.get(requestCategoriesPath, {
    permission: 'service-settings:manage',
    handler: async (context) =>
      page('service-settings/ordered', requestCategoriesView(context, await listRequestCategories(context))),
  }),
  ...settingRoutes({
    path: requestCategoriesPath,
    title: 'requestCategories.title',
    newTitle: 'requestCategories.new',
    upkeep: requestCategoryUpkeep,
    newForm: NewRequestCategoryForm,
    changeForm: RequestCategoryForm,
    find: findRequestCategory,
    nameOf: (_context, { name }) => name,
    specs: async (context, category) => {
      const [categories, choices] = await Promise.all([
        readRequestCategories(context),
        readSettingChoices(context, category ? [category.typeId, category.skillId] : []),
      ]);
      return requestCategorySpecs(context, categories, choices, category?.id ?? '');
    },
    values: requestCategoryValues,
    create: createRequestCategory,
    change: changeRequestCategory,
  }),
];
