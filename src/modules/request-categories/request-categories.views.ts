import type { ViewerContext } from '../../core/context.js';
import type { FieldSpec, FormValues } from '../../core/form.js';
import { typeName } from '../request-types/type-name.js';
import { orderedPage, usageCell, type OrderedPageView } from '../service-settings/ordered-page.js';
import { choiceOptions, type SettingChoices } from '../service-settings/setting-choices.queries.js';
import { parentField, treeRows } from '../service-settings/tree-page.js';
import type { ListedCategory, RequestCategory } from './request-categories.queries.js';
import { categoryNameLength, categoryTree } from './request-category.js';

export const requestCategoriesPath = '/admin/request-categories';

/** The tree of categories, with how many requests each has. */
export function requestCategoriesView(
  context: ViewerContext,
  categories: readonly ListedCategory[],
): OrderedPageView {
  const { t } = context;
  return orderedPage(context, {
    path: requestCategoriesPath,
    title: t('requestCategories.title'),
    subtitle: t('requestCategories.about'),
    newLabel: t('requestCategories.new'),
    columns: [t('requestTypes.type'), t('serviceSettings.skill'), t('serviceSettings.requests')],
    rows: treeRows(context, requestCategoriesPath, categories, lastName, (category) => [
      { text: category.type ? typeName(t, category.type) : t('requestCategories.allTypes') },
      { text: category.skillName ?? '' },
      usageCell(context, category.requestCount, `/service-requests?topic=${category.id}`),
    ]),
    emptyHint: t('requestCategories.emptyHint'),
    maximum: categoryTree.maximumRecords,
  });
}

const lastName = (path: readonly string[]): string => path.at(-1) ?? '';

/** The fields of the form; `id` is that of the category that changes, '' for a new one. */
export function requestCategorySpecs(
  context: ViewerContext,
  categories: readonly RequestCategory[],
  { types, skills }: SettingChoices,
  id: string,
): readonly FieldSpec[] {
  const { t } = context;
  const { maximumDepth } = categoryTree;
  return [
    {
      name: 'name',
      label: 'serviceSettings.name',
      kind: 'text',
      required: true,
      maxLength: categoryNameLength,
    },
    parentField(context, categories, id, maximumDepth, (path) => path.join(t('tree.pathSeparator'))),
    {
      name: 'typeId',
      label: 'requestTypes.type',
      kind: 'select',
      help: 'requestCategories.typeHelp',
      options: [
        { value: '', label: t('requestCategories.allTypes') },
        ...types.map((type) => ({ value: type.id, label: typeName(t, type) })),
      ],
    },
    {
      name: 'skillId',
      label: 'serviceSettings.skill',
      kind: 'select',
      help: 'serviceSettings.skillHelp',
      options: choiceOptions(skills),
    },
  ];
}

/** What is stored, by the names of the form's fields. */
export const requestCategoryValues = (category: RequestCategory | undefined): FormValues => ({
  name: category?.name ?? '',
  parentId: category?.parentId ?? '',
  typeId: category?.typeId ?? '',
  skillId: category?.skillId ?? '',
});
