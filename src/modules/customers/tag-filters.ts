import type { ViewerContext } from '../../core/context.js';
import { formView, type FieldSpec, type FieldView } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import type { Wording } from '../../core/kept-choices.js';
import type { ActiveFilter } from '../../core/lists/list-builder.js';
import type { Tag } from '../tags/tag.js';
import type { FilterChoices } from './customer-choices.queries.js';
import type { CustomerListQuery } from './customers.schemas.js';

type TagChoices = Pick<FilterChoices, 'tags'>;
type TagQuery = Pick<CustomerListQuery, 'tag' | 'andTag'>;

/** The filters by tags; two can be asked for at once, an address can hold more. */
export function tagFilters(
  { t }: Wording,
  { tag: tagIds = [], andTag }: TagQuery,
  { tags }: TagChoices,
): readonly FieldView[] {
  if (tags.length === 0) return [];
  const options = tags.map(({ id, name }) => ({ value: id, label: name }));
  const several = { value: tagIds.join(','), label: tagNames(t, tags, tagIds) };
  const specs: readonly FieldSpec[] = [
    {
      name: 'tag',
      label: 'tags.tag',
      kind: 'select',
      options: tagIds.length > 1 ? [several, ...options] : options,
    },
    { name: 'andTag', label: 'tags.andTag', kind: 'select', options },
  ];
  return formView(t, specs, { tag: several.value, andTag }).fields;
}

/** The same filters, where they are set, in words. */
export function describeTagFilters(
  { t }: ViewerContext,
  { tag = [], andTag }: TagQuery,
  { tags }: TagChoices,
): ActiveFilter[] {
  const describe = (parameter: 'tag' | 'andTag', ids: readonly string[]): ActiveFilter[] => {
    const label = `${t('tags.tag')}: ${tagNames(t, tags, ids)}`;
    return ids.length === 0 ? [] : [{ parameter, value: ids.join(','), label }];
  };
  return [...describe('tag', tag), ...describe('andTag', andTag === undefined ? [] : [andTag])];
}

const tagNames = (t: Translate, tags: readonly Tag[], ids: readonly string[]): string =>
  ids.map((id) => tags.find((tag) => tag.id === id)?.name ?? t('tags.unknown')).join(' + ');
